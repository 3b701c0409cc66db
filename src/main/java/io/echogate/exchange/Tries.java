package io.echogate.exchange;

import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import io.echogate.model.RequestTrace.Try;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one request in the order in which they began, how each ended and what it took. Confined to one thread;
 * reused.
 */
public final class Tries {
    private static final double MILLI = 1e6;

    private final List<Step> steps = new ArrayList<>();
    private int count;
    private long beganAt;

    /** One attempt. */
    private static final class Step {
        private @Nullable Member member;
        private Failure.@Nullable Kind failure;
        private boolean running;
        private boolean reused;
        private boolean hedge;
        private long openedAt;
        private long connected;
        private long firstByte;
        private long took;

        void open(Member to, boolean beside, long now) {
            member = to;
            failure = null;
            running = true;
            reused = false;
            hedge = beside;
            openedAt = now;
            connected = RequestTrace.NONE;
            firstByte = RequestTrace.NONE;
        }

        String name() {
            return member == null ? "" : member.name();
        }
    }

    Tries() {}

    /** A new request, its head read. */
    void clear(long now) {
        count = 0;
        beganAt = now;
    }

    /** An attempt begins; a fresh connection in place of a dead kept one goes on with the same. */
    void open(Member m, boolean beside, long now) {
        if (running(m) == null) {
            if (count == steps.size()) {
                steps.add(new Step());
            }
            steps.get(count++).open(m, beside, now);
        }
    }

    /** It has a connection, {@code again} one that was kept. */
    void connected(Member m, boolean again, long nanos) {
        Step s = running(m);
        if (s != null) {
            s.reused = again;
            s.connected = again ? RequestTrace.NONE : nanos;
        }
    }

    void firstByte(Member m, long nanos) {
        Step s = running(m);
        if (s != null) {
            s.firstByte = nanos;
        }
    }

    /** An attempt is over; {@code why} is null when its answer was passed on whole. */
    void end(Member m, Failure.@Nullable Kind why, long now) {
        Step s = running(m);
        if (s != null) {
            s.running = false;
            s.failure = why;
            s.took = now - s.openedAt;
        }
    }

    private @Nullable Step running(Member m) {
        for (int i = count - 1; i >= 0; i--) {
            Step s = steps.get(i);
            if (s.running && s.member != null && s.member.index() == m.index()) {
                return s;
            }
        }
        return null;
    }

    private List<Step> failed() {
        return steps.subList(0, count).stream().filter(s -> s.failure != null).toList();
    }

    /** All that are over, as the request's proof has them. */
    public List<Try> list() {
        List<Try> tries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Step s = steps.get(i);
            if (!s.running) {
                tries.add(new Try(
                        s.name(),
                        s.openedAt - beganAt,
                        s.connected,
                        s.firstByte,
                        s.took,
                        s.reused,
                        s.hedge,
                        s.failure));
            }
        }
        return tries;
    }

    /**
     * What became of the request, at its end.
     *
     * @param member who answered; null when we did, or nobody
     * @param status of the final head that went to the client; 0 when none did
     */
    public Result result(@Nullable Member member, int status) {
        for (int i = 0; i < count; i++) {
            Step s = steps.get(i);
            if (s.failure == null && !s.running) {
                return i == 0 ? Result.ANSWERED : Result.ELSEWHERE;
            }
        }
        if (ended(Failure.Kind.CLIENT_FAULT)) {
            return member == null && status > 0 ? Result.REFUSED : Result.ABORTED;
        }
        if (status == 0 || ended(Failure.Kind.CLIENT_GONE)) {
            return Result.ABORTED;
        }
        return count == 0 ? Result.REFUSED : Result.FAILED;
    }

    /** True when a member is to blame for a failed attempt. */
    public boolean blame() {
        for (int i = 0; i < count; i++) {
            Failure.Kind why = steps.get(i).failure;
            if (why != null && why.blames()) {
                return true;
            }
        }
        return false;
    }

    /** Tells who is to blame for failed attempts, once for each. */
    public void failedAt(Consumer<Member> told) {
        for (int i = 0; i < count; i++) {
            Step s = steps.get(i);
            if (s.failure != null && s.member != null && s.failure.blames()) {
                told.accept(s.member);
            }
        }
    }

    private boolean ended(Failure.Kind why) {
        for (int i = 0; i < count; i++) {
            if (steps.get(i).failure == why) {
                return true;
            }
        }
        return false;
    }

    /** "S1: connection refused after 0.4 ms, S2: answered after 3.1 ms"; who still runs is about to answer. */
    String told(long now) {
        StringBuilder b = new StringBuilder();
        for (Step s : steps.subList(0, count)) {
            b.append(b.isEmpty() ? "" : ", ").append(s.name()).append(": ");
            b.append(s.failure == null ? "answered" : s.failure.words());
            b.append(String.format(Locale.ROOT, " after %.1f ms", (s.running ? now - s.openedAt : s.took) / MILLI));
        }
        return b.isEmpty() ? "nobody" : b.toString();
    }

    byte[] text() {
        StringBuilder b = new StringBuilder("no member answered\n");
        for (Step s : failed()) {
            b.append(s.name()).append(": ").append(words(s)).append('\n');
        }
        return b.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] json(int status) {
        StringBuilder b = new StringBuilder("{\"status\":" + status + ",\"error\":\"no member answered\",\"tried\":[");
        String between = "";
        for (Step s : failed()) {
            b.append(between).append("{\"name\":").append(NobodyServes.Json.quoted(s.name()));
            b.append(",\"why\":").append(NobodyServes.Json.quoted(words(s))).append('}');
            between = ",";
        }
        return b.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String words(Step s) {
        return s.failure == null ? "" : s.failure.words();
    }
}

package io.echogate.relay;

import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import io.echogate.model.RequestTrace.Try;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what becomes of the request that one client connection has running. Confined to its event loop; reused. */
final class Tracing {
    /** Characters of a path that are kept. */
    private static final int PATH = 256;

    private static final int OPEN = 2;

    private final Traces traces;
    private final String client;
    private final Step[] open = {new Step(), new Step()};
    private final List<Try> tries = new ArrayList<>(2);
    private long id;
    private long beganAt;
    private boolean page;

    /** One attempt that is not over. */
    private static final class Step {
        private @Nullable Member member;
        private long beganAt;
        private long connected;
        private long firstByte;
        private boolean reused;
        private boolean hedge;

        void open(Member to, boolean beside, long now) {
            member = to;
            beganAt = now;
            connected = RequestTrace.NONE;
            firstByte = RequestTrace.NONE;
            reused = true;
            hedge = beside;
        }
    }

    Tracing(Traces traces, String client) {
        this.traces = traces;
        this.client = client;
    }

    void begun(long number, long now) {
        id = number;
        beganAt = now;
        page = false;
        tries.clear();
        for (Step s : open) {
            s.member = null;
        }
    }

    /** The page is asked: that is no request of a client's to a member. */
    void page() {
        page = true;
    }

    /** An attempt begins; a fresh connection in place of a dead kept one goes on with the same. */
    void connecting(Member member, boolean beside, long now) {
        if (at(member) == null) {
            (open[0].member == null ? open[0] : open[1]).open(member, beside, now);
        }
    }

    void connected(Member member, long nanos) {
        Step s = at(member);
        if (s != null) {
            s.connected = nanos;
            s.reused = false;
        }
    }

    void firstByte(Member member, long nanos) {
        Step s = at(member);
        if (s != null) {
            s.firstByte = nanos;
        }
    }

    void attempted(Member member, Failure.@Nullable Kind why, long now) {
        Step s = at(member);
        if (s != null) {
            s.member = null;
            tries.add(new Try(
                    member.name(),
                    s.beganAt - beganAt,
                    s.connected,
                    s.firstByte,
                    now - s.beganAt,
                    s.reused,
                    s.hedge,
                    why));
        }
    }

    private @Nullable Step at(Member member) {
        for (int i = 0; i < OPEN; i++) {
            Member m = open[i].member;
            if (m != null && m.index() == member.index()) {
                return open[i];
            }
        }
        return null;
    }

    void finished(@Nullable Member member, RequestHead head, int status, long now, long received, long sent) {
        if (page || !traces.keeps()) {
            return;
        }
        String path = head.path();
        int end = path.indexOf('?');
        int length = Math.min(PATH, end < 0 ? path.length() : end);
        traces.add(new RequestTrace(
                id,
                now,
                client,
                head.verb() == Verb.OTHER ? head.method() : head.verb().name(),
                path.substring(0, length),
                status,
                result(member, status),
                member == null ? null : member.name(),
                now - beganAt,
                received,
                sent,
                List.copyOf(tries)));
    }

    /** A whole answer was passed on. */
    private boolean whole() {
        for (int i = 0; i < tries.size(); i++) {
            if (tries.get(i).failure() == null) {
                return true;
            }
        }
        return false;
    }

    private Result result(@Nullable Member member, int status) {
        Failure.Kind last = tries.isEmpty() ? null : tries.getLast().failure();
        boolean clients = last != null && last.side() == Failure.Side.CLIENT;
        if (clients || (status == 0 && (last == null || member == null))) {
            return clients && status >= 400 ? Result.REFUSED : Result.ABORTED;
        }
        if (member != null && whole()) {
            return tries.getFirst().failure() == null ? Result.ANSWERED : Result.ELSEWHERE;
        }
        return tries.isEmpty() ? Result.REFUSED : Result.FAILED;
    }
}

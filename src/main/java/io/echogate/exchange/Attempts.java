package io.echogate.exchange;

import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.route.Tried;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members that one request has been tried on and how each failed. Confined to one thread; reused. */
final class Attempts {
    private final Tried tried = new Tried();
    private final List<Member> members = new ArrayList<>(2);
    private final List<Failure.Kind> failures = new ArrayList<>(2);
    private boolean refreshed;
    private boolean errorRetried;
    private int spent;
    private long id;
    private int current = -1;

    /** A new request, of that number. */
    void clear(long number) {
        id = number;
        tried.clear();
        members.clear();
        failures.clear();
        refreshed = false;
        errorRetried = false;
        spent = 0;
    }

    void begin(Member m) {
        tried.add(m.index());
        current = m.index();
        refreshed = false;
    }

    /** Tries that one as well. */
    void beside(Member m) {
        tried.add(m.index());
    }

    /** What was tried as well is the one that is being tried now. */
    void become(Member m) {
        current = m.index();
        refreshed = false;
    }

    /** The member that is being tried, from now on nobody; -1 when nobody is. */
    int leave() {
        int left = current;
        current = -1;
        return left;
    }

    void failed(Member m, Failure.Kind why) {
        members.add(m);
        failures.add(why);
    }

    /** The request's number. */
    long id() {
        return id;
    }

    /** "S1: connection refused, S2: answered". */
    String told(@Nullable Member answering) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            b.append(i == 0 ? "" : ", ").append(members.get(i).name());
            b.append(": ").append(failures.get(i).words());
        }
        if (answering != null) {
            b.append(b.isEmpty() ? "" : ", ").append(answering.name()).append(": answered");
        }
        return b.isEmpty() ? "nobody" : b.toString();
    }

    Tried tried() {
        return tried;
    }

    /** A dead reused connection was replaced on the current member. */
    boolean refreshed() {
        return refreshed;
    }

    void refresh() {
        refreshed = true;
    }

    boolean errorRetried() {
        return errorRetried;
    }

    void retryError() {
        errorRetried = true;
    }

    void spend() {
        spent++;
    }

    /** What the request holds of the retry budget. */
    int spent() {
        return spent;
    }

    boolean lastTimedOut() {
        return !failures.isEmpty() && failures.getLast().timeout();
    }

    byte[] text() {
        StringBuilder b = new StringBuilder("no member answered\n");
        for (int i = 0; i < members.size(); i++) {
            b.append(members.get(i).name()).append(": ");
            b.append(failures.get(i).words()).append('\n');
        }
        return b.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] json(int status) {
        StringBuilder b = new StringBuilder("{\"status\":" + status + ",\"error\":\"no member answered\",\"tried\":[");
        for (int i = 0; i < members.size(); i++) {
            b.append(i == 0 ? "" : ",").append("{\"name\":");
            b.append(NobodyServes.Json.quoted(members.get(i).name())).append(",\"why\":");
            b.append(NobodyServes.Json.quoted(failures.get(i).words())).append('}');
        }
        return b.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a failure says about the member; {@link Outcome#UNSENT} when nothing. */
    static Outcome evidence(Failure.Kind why) {
        return switch (why) {
            case REFUSED -> Outcome.REFUSED;
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case NO_ROUTE -> Outcome.NO_ROUTE;
            case CONNECT_TIMEOUT -> Outcome.CONNECT_SILENT;
            case RESET, CUT_SHORT -> Outcome.RESET;
            case FIRST_BYTE_TIMEOUT -> Outcome.SILENT;
            case BAD_ANSWER -> Outcome.WRONG;
            case STALLED -> Outcome.STALLED;
            case ERROR_STATUS, DOUBTED, OVERTAKEN, DRAINED, REQUEST_TIMEOUT, NO_SOCKET, CLIENT_GONE, CLIENT_FAULT ->
                Outcome.UNSENT;
        };
    }
}

package io.echogate.exchange;

import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.route.Tried;
import org.jspecify.annotations.Nullable;

/** The attempts of one request: who was tried, and what is told of each. Confined to one thread; reused. */
final class Attempts {
    private final Tried tried;
    private final Tries tries = new Tries();
    private final Actions actions;
    private Failure.@Nullable Kind last;
    private boolean refreshed;
    private boolean errorRetried;
    private int spent;
    private long id;
    private int current = -1;

    Attempts(Actions actions, Seats seats) {
        this.actions = actions;
        this.tried = new Tried(seats::full);
    }

    /** A new request, of that number. */
    void clear(long number, long now) {
        id = number;
        tried.clear();
        tries.clear(now);
        last = null;
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

    /** One begins, {@code spare} beside another one. */
    void opened(Member m, boolean spare, long now) {
        tries.open(m, spare, now);
    }

    /** One has a connection, {@code again} one that was kept. */
    void connected(Member m, boolean again, long nanos) {
        tries.connected(m, again, nanos);
        if (!again) {
            actions.connected(m, nanos);
        }
    }

    void firstByte(Member m, long nanos, long now) {
        tries.firstByte(m, nanos);
        actions.firstByte(m, nanos, now);
    }

    /** One is over; {@code why} is null when its answer was passed on whole. */
    void over(Member m, Failure.@Nullable Kind why, long now) {
        ended(m, why, now);
        actions.attempted(m, why);
    }

    /** One is over that counts neither as an attempt nor against its member: its kept connection was dead. */
    void stale(Member m, Failure.Kind why, long now) {
        ended(m, why, now);
    }

    private void ended(Member m, Failure.@Nullable Kind why, long now) {
        last = why == null ? last : why;
        tries.end(m, why, now);
    }

    /** The request's number. */
    long id() {
        return id;
    }

    /** What became of each attempt. */
    Tries tries() {
        return tries;
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
        return last != null && last.timeout();
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

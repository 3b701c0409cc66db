package io.echogate.exchange;

/**
 * When something must have happened by, and what it means if it has not. Looks at both sides' phases instead of keeping
 * a timer for each. Confined to one thread; times are monotonic nanoseconds.
 */
final class Deadlines {
    /** What has run out. */
    enum Due {
        NOTHING,
        CLOSE_IDLE,
        CLOSE_SLOW_READER,
        END_LINGER,
        FORCE,
        HEAD_LATE,
        BODY_LATE,
        CONTINUE_LATE,
        CONNECT_LATE,
        OVERDUE,
        HEDGE,
        SPARE_LATE,
        FIRST_BYTE_LATE,
        QUEUE_LATE,
        REQUEST_LATE,
        RELEASE,
        ANSWER_STALLED
    }

    /** After this share of the first-byte time-out a client that waits for 100 is told to go on. */
    private static final int CONTINUE_SHARE = 3;

    /** An answer is held back for this long at most, counted from its request. */
    private static final long HELD = 1_000_000_000;

    private static final long NEVER = 365L * 24 * 3600 * 1_000_000_000;

    private final Terms terms;
    private final Inbound inbound;
    private final Outbound outbound;
    private boolean clientBlocked;
    private final Failover failover;
    private final Hedge hedge;
    private final ToClient toClient;
    private long active;
    private long requestSince;
    private long closeAt;
    private long at;
    private Due what = Due.NOTHING;

    Deadlines(
            Terms terms,
            Inbound inbound,
            Outbound outbound,
            Failover failover,
            Hedge hedge,
            ToClient toClient,
            long now) {
        this.terms = terms;
        this.inbound = inbound;
        this.outbound = outbound;
        this.failover = failover;
        this.hedge = hedge;
        this.toClient = toClient;
        this.active = now;
    }

    /** A byte has moved. */
    void active(long now) {
        active = now;
    }

    /** A request's head, or more of its body, was read: the time for the whole request begins. */
    void requestRead(long now) {
        requestSince = now;
    }

    void clientBlocked(boolean blocked) {
        clientBlocked = blocked;
    }

    boolean clientBlocked() {
        return clientBlocked;
    }

    /** The client's connection is being ended. */
    void closing(long now) {
        closeAt = now;
    }

    long next() {
        switch (inbound.phase()) {
            case HEAD -> head();
            case TUNNEL -> set(active + terms.idle(), Due.CLOSE_IDLE);
            case DISCARD -> set(closeAt + terms.linger(), Due.END_LINGER);
            case GONE -> set(closeAt + terms.idle(), Due.FORCE);
            case BODY, READ -> attempt();
        }
        return at;
    }

    Due due(long now) {
        if (now - next() < 0) {
            return Due.NOTHING;
        }
        if (what == Due.FORCE) {
            closeAt = now + NEVER;
        } else if (what == Due.CONTINUE_LATE) {
            active = now;
        }
        return what;
    }

    private void head() {
        if (inbound.head().begun()) {
            set(inbound.headSince() + terms.headTime(), Due.HEAD_LATE);
        } else {
            set(active + terms.idle(), Due.CLOSE_IDLE);
        }
    }

    private void attempt() {
        switch (outbound.phase()) {
            case IDLE, TUNNEL -> idle();
            case CONNECTING -> connecting();
            case WAITING -> waiting();
            case ANSWERING -> answering();
        }
    }

    private void idle() {
        Choice choice = failover.choice();
        if (choice.waits()) {
            set(choice.waitsUntil(), Due.QUEUE_LATE);
            sooner(requestSince + terms.request(), Due.QUEUE_LATE);
        } else {
            set(active + terms.idle(), Due.CLOSE_IDLE);
        }
    }

    private void answering() {
        set(active + terms.idle(), slowAnswer());
        if (toClient.holding()) {
            sooner(outbound.attempt().since() + HELD, Due.RELEASE);
        }
    }

    private void connecting() {
        earlier(outbound.attempt().since() + terms.connect(), Due.CONNECT_LATE);
        watchful();
    }

    private void waiting() {
        if (inbound.awaitsContinue() && !outbound.attempt().seen()) {
            earlier(outbound.attempt().since() + terms.firstByte() / CONTINUE_SHARE, Due.CONTINUE_LATE);
        } else if (!inbound.complete()) {
            set(active + terms.idle(), outbound.blocked() ? Due.FIRST_BYTE_LATE : Due.BODY_LATE);
        } else if (outbound.attempt().seen()) {
            earlier(active + terms.idle(), Due.FIRST_BYTE_LATE);
        } else {
            earlier(outbound.attempt().since() + terms.firstByte(), Due.FIRST_BYTE_LATE);
            watchful();
        }
    }

    private void watchful() {
        if (outbound.attempt().watched()) {
            sooner(failover.watchdog().overdueAt(), Due.OVERDUE);
        }
        if (hedge.waits()) {
            sooner(hedge.dueAt(), Due.HEDGE);
        } else if (hedge.connecting()) {
            sooner(hedge.connectBy(), Due.SPARE_LATE);
        }
    }

    private void sooner(long when, Due then) {
        if (when - at < 0) {
            set(when, then);
        }
    }

    /** Whose fault it is that an answer stands still. */
    private Due slowAnswer() {
        boolean clients = clientBlocked || (!inbound.complete() && !outbound.blocked());
        return clients ? Due.CLOSE_SLOW_READER : Due.ANSWER_STALLED;
    }

    private void earlier(long when, Due then) {
        long whole = requestSince + terms.request();
        if (whole - when < 0) {
            set(whole, Due.REQUEST_LATE);
        } else {
            set(when, then);
        }
    }

    private void set(long when, Due then) {
        at = when;
        what = then;
    }
}

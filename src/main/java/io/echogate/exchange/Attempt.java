package io.echogate.exchange;

import io.echogate.model.Failure;
import io.echogate.model.Member;
import org.jspecify.annotations.Nullable;

/** One attempt on a member, or on the page, and how far it has come. Confined to one thread; reused. */
final class Attempt {
    /** Where it stands. */
    enum Phase {
        IDLE,
        CONNECTING,
        /** Sent, or being sent; no final head yet. */
        WAITING,
        ANSWERING,
        TUNNEL
    }

    private Phase phase = Phase.IDLE;
    private @Nullable Member member;
    private boolean reused;
    private boolean seen;
    private boolean told;
    private long since;

    /** Begins; on the page when {@code to} is null. */
    void open(@Nullable Member to, long now) {
        member = to;
        phase = Phase.CONNECTING;
        since = now;
        reused = false;
        seen = false;
        told = false;
    }

    /** Stands where the other one does. */
    void become(Attempt other) {
        member = other.member;
        phase = other.phase;
        since = other.since;
        reused = other.reused;
        seen = other.seen;
        told = other.told;
    }

    void connected(boolean again, long now) {
        reused = again;
        phase = Phase.WAITING;
        since = now;
    }

    void phase(Phase now) {
        phase = now;
    }

    Phase phase() {
        return phase;
    }

    boolean running() {
        return phase != Phase.IDLE;
    }

    @Nullable
    Member member() {
        return member;
    }

    /** Between two requests. */
    void clear() {
        member = null;
    }

    /** By a connection that has carried a request before. */
    boolean reused() {
        return reused;
    }

    /** A byte of its answer has come. */
    boolean seen() {
        return seen;
    }

    void see() {
        seen = true;
    }

    /** When connecting began, or the request was sent, or the newest interim answer came. */
    long since() {
        return since;
    }

    void since(long now) {
        since = now;
    }

    /** It waits for its connection or its first byte, and nobody was told yet that it has waited for unusually long. */
    boolean watched() {
        return (phase == Phase.WAITING || phase == Phase.CONNECTING) && !seen && !told && member != null;
    }

    /** A kept connection that dies before the first byte says nothing: the member may just have tidied up. */
    boolean stale(Failure.Kind why) {
        return why == Failure.Kind.RESET && reused && !seen;
    }

    void told() {
        told = true;
    }
}

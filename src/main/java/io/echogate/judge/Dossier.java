package io.echogate.judge;

import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * All that the judge knows of one member. Immutable; replaced by {@link Judge#hear}.
 *
 * @param verdict the conclusion
 * @param proven has passed at least once
 * @param service closed HTTP questions
 * @param host the machine by ICMP
 * @param doubt what raised the doubt that has not been cleared yet, or null
 * @param lifeNanos when the machine last showed any sign of life
 * @param alive it ever did
 * @param silentSinceNanos asking time of the first HTTP question without a sign of life since {@code lifeNanos};
 *     meaningful while {@code silent}
 * @param silent no sign of life by HTTP since that question
 * @param conduct how it treats clients' requests
 * @param steadiness whether it stays up once it is
 */
public record Dossier(
        Verdict verdict,
        boolean proven,
        Tape service,
        Host host,
        @Nullable Doubt doubt,
        long lifeNanos,
        boolean alive,
        long silentSinceNanos,
        boolean silent,
        Conduct conduct,
        Steadiness steadiness) {
    /**
     * The reason for a first doubt.
     *
     * @param clue what it points at
     * @param question HTTP question whose own answer, or that of any later one, clears it
     * @param silence the question is still open: any answer that is heard clears it
     * @param afterNanos only a pass asked at or after this time clears it; for doubts raised by clients' requests
     */
    record Doubt(Clue clue, long question, boolean silence, long afterNanos) {}

    /** Nothing known yet of a member of the pool. */
    public static Dossier unknown(long nowNanos) {
        return unknown(nowNanos, Ask.PING);
    }

    /** Nothing known yet. */
    public static Dossier unknown(long nowNanos, Ask ask) {
        Verdict verdict = new Verdict(State.UNKNOWN, Cause.NONE, nowNanos, "not yet asked");
        return new Dossier(
                verdict,
                false,
                Tape.EMPTY,
                ask == Ask.ICMP ? Host.ALONE : Host.UNASKED,
                null,
                nowNanos,
                false,
                nowNanos,
                false,
                Conduct.UNSEEN,
                Steadiness.UNTRIED);
    }

    /** State of the machine by ICMP. */
    public State hostState() {
        return host.state();
    }

    /** Silent on every way that we ask by: a candidate for "it is us". */
    public boolean dark() {
        return silent && (host.quiet() || !host.answers());
    }

    /** Its newest question failed for want of a route. */
    boolean unrouted() {
        return !service.failures().isEmpty() && service.failures().getLast().clue() == Clue.NO_ROUTE;
    }

    Dossier with(Verdict next) {
        return judged(next, steadiness.after(verdict, next));
    }

    Dossier with(Host next) {
        return new Dossier(
                verdict, proven, service, next, doubt, lifeNanos, alive, silentSinceNanos, silent, conduct, steadiness);
    }

    Dossier with(Tape next) {
        return new Dossier(
                verdict, proven, next, host, doubt, lifeNanos, alive, silentSinceNanos, silent, conduct, steadiness);
    }

    /** With that verdict, and what it says of its steadiness. */
    private Dossier judged(Verdict next, Steadiness then) {
        return new Dossier(
                next, proven, service, host, doubt, lifeNanos, alive, silentSinceNanos, silent, conduct, then);
    }

    Dossier with(@Nullable Doubt next) {
        return new Dossier(
                verdict, proven, service, host, next, lifeNanos, alive, silentSinceNanos, silent, conduct, steadiness);
    }

    Dossier with(Conduct next) {
        return new Dossier(
                verdict, proven, service, host, doubt, lifeNanos, alive, silentSinceNanos, silent, next, steadiness);
    }

    /** Its conduct with the time looked at; itself when nothing follows from it. */
    @SuppressWarnings("ReferenceEquality") // the same one says that nothing has changed
    Dossier withConductAt(long nowNanos, boolean wasDown) {
        Conduct next = conduct.at(nowNanos, wasDown);
        return next == conduct ? this : with(next);
    }

    /** It is out, or on trial, because of how it treats clients' requests: to be looked at again as time goes on. */
    public boolean onProbation() {
        return conduct.stage() != Conduct.Stage.TRUSTED;
    }

    Dossier passed() {
        return new Dossier(
                verdict, true, service, host, doubt, lifeNanos, alive, silentSinceNanos, silent, conduct, steadiness);
    }

    Dossier living(long atNanos) {
        return new Dossier(
                verdict, proven, service, host, doubt, atNanos, true, silentSinceNanos, false, conduct, steadiness);
    }

    Dossier silentFrom(long askedNanos) {
        return silent
                ? this
                : new Dossier(
                        verdict, proven, service, host, doubt, lifeNanos, alive, askedNanos, true, conduct, steadiness);
    }
}

package io.echogate.lab;

import java.util.function.Consumer;

/**
 * What is done to the lab for one fault.
 *
 * @param prepare before anything else
 * @param leadIn under the clients' eyes, right before the fault's time is taken
 * @param strike the fault; its time is taken before
 * @param proof looks closer at what is shown while the fault lasts; throws
 * @param repair the fault's end; its time is taken after
 * @param restore afterwards, what the next story needs
 */
record Trick(
        Consumer<Lab> prepare,
        Consumer<Lab> leadIn,
        Consumer<Lab> strike,
        Consumer<Lab> proof,
        Consumer<Lab> repair,
        Consumer<Lab> restore) {
    static Trick of(Consumer<Lab> strike, Consumer<Lab> repair) {
        return new Trick(lab -> {}, lab -> {}, strike, lab -> {}, repair, lab -> {});
    }

    Trick preparedBy(Consumer<Lab> first) {
        return new Trick(first, leadIn, strike, proof, repair, restore);
    }

    Trick ledInBy(Consumer<Lab> first) {
        return new Trick(prepare, first, strike, proof, repair, restore);
    }

    Trick provedBy(Consumer<Lab> look) {
        return new Trick(prepare, leadIn, strike, look, repair, restore);
    }

    Trick restoredBy(Consumer<Lab> last) {
        return new Trick(prepare, leadIn, strike, proof, repair, last);
    }

    /** A rule in S1's own packet filter. */
    static Trick filter(String... rules) {
        return of(
                lab -> {
                    for (String rule : rules) {
                        lab.s1().host().filter(rule);
                    }
                },
                lab -> lab.s1().host().filterNothing());
    }

    /** S1's service, a rogue, misbehaves. */
    static Trick rogue(RogueMain.Manner manner) {
        return of(lab -> lab.s1().behave(manner), lab -> lab.s1().behave(RogueMain.Manner.WELL));
    }

    /** What goes over the switch to and from S1 is lost that often. */
    static Trick loss(double probability) {
        return of(
                lab -> lab.network().lose(lab.s1().host(), probability),
                lab -> lab.network().itself().filterNothing());
    }
}

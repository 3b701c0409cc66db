package io.echogate.probe;

/** One question being asked over the network. Confined to the probe loop. What it hears it tells its {@link Ear}. */
sealed interface Check permits HttpCheck, IcmpCheck, NameCheck {
    /** What became of questions. */
    @FunctionalInterface
    interface Ear {
        void heard(Question q, Finding finding);
    }

    Question question();

    /** Silent for longer than is ordinary: tells what is known so far. */
    void overdue(long now);

    /** Timed out: tells the final outcome and goes on listening for a late answer. */
    void expire(long now);

    /** Ends without another word. */
    void forget();
}

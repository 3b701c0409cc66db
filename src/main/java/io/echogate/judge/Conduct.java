package io.echogate.judge;

import io.echogate.config.OutlierRules;
import io.echogate.model.Command.Carried;

/**
 * How a member treats clients' requests, beside what it says of itself when it is asked. Immutable and pure.
 *
 * <pre>
 *  TRUSTED ──breaks requests although a ping passed meanwhile──► OUT ──hold-down──► TRIAL ──answers well──► TRUSTED
 *                                                                 ▲──────breaks one───┘
 * </pre>
 *
 * One broken answer may be anybody's; a burst of them may be a restart, which the pings will show or have not noticed.
 * So it takes a rate over a minimum volume, more than one client connection, and a relapse: broken again after a ping
 * that was asked since the first time has passed.
 *
 * @param tally what was seen lately, fading, and nothing from before the episode
 * @param episode the newest run of bad answers
 * @param untilNanos end of the hold-down while {@code OUT}
 * @param strikes how often it was taken out in a row; doubles the hold-down
 * @param passed answers on trial
 */
record Conduct(Stage stage, Tally tally, Episode episode, long untilNanos, int strikes, int passed) {
    /** What follows from it for the member. */
    enum Stage {
        TRUSTED,
        OUT,
        TRIAL
    }

    private static final double HALF_LIFE_NANOS = 5e9;
    private static final long EPISODE_NANOS = 10_000_000_000L;
    private static final long FORGIVEN_NANOS = 600_000_000_000L;
    private static final int MOST_STRIKES = 6;

    static final Conduct UNSEEN = new Conduct(Stage.TRUSTED, new Tally(0, 0, 0, 0), Episode.NONE, Long.MIN_VALUE, 0, 0);

    /** Answers seen lately, each of which counts half after five seconds. */
    record Tally(double good, double errors, double broken, long atNanos) {
        private Tally with(Carried c) {
            double kept = Math.pow(0.5, Math.max(0, c.atNanos() - atNanos) / HALF_LIFE_NANOS);
            return new Tally(
                    good * kept + c.good(), errors * kept + c.errors(), broken * kept + c.broken(), c.atNanos());
        }

        private double share(double of) {
            return 100 * of / Math.max(1, good + errors + broken);
        }
    }

    /**
     * Bad answers without ten seconds of peace between them.
     *
     * @param sinceNanos of those since the newest relapse
     * @param lastNanos of the newest
     * @param client one of the client connections that had them
     * @param several there was another one
     * @param relapses broken answers after a ping that passed in between
     */
    record Episode(long sinceNanos, long lastNanos, long client, boolean several, int relapses) {
        private static final Episode NONE = new Episode(0, Long.MIN_VALUE, -1, false, 0);

        private static boolean bad(Carried c) {
            return c.errors() + c.broken() > 0;
        }

        /** A new one: what was well before it says nothing about now. */
        private boolean beginsWith(Carried c) {
            return bad(c) && (lastNanos == Long.MIN_VALUE || c.atNanos() - lastNanos > EPISODE_NANOS);
        }

        private Episode with(Carried c, long passAskedNanos) {
            if (!bad(c)) {
                return this;
            }
            if (beginsWith(c)) {
                return new Episode(c.atNanos(), c.atNanos(), c.client(), c.several(), 0);
            }
            boolean relapse = c.broken() > 0 && passAskedNanos != Tape.NEVER && passAskedNanos - sinceNanos > 0;
            return new Episode(
                    relapse ? c.atNanos() : sinceNanos,
                    c.atNanos(),
                    c.client(),
                    several || c.several() || c.client() != client,
                    relapse ? relapses + 1 : relapses);
        }
    }

    /**
     * Takes a loop's word down.
     *
     * @param passAskedNanos when the newest ping that passed was asked; {@link Tape#NEVER} without one
     */
    Conduct hear(Carried c, long passAskedNanos, OutlierRules rules) {
        if (!rules.enabled()) {
            return this;
        }
        Tally before = episode.beginsWith(c) ? UNSEEN.tally : tally;
        Conduct seen = new Conduct(
                stage, before.with(c), episode.with(c, passAskedNanos), untilNanos, strikes, passed + c.good());
        return switch (stage) {
            case OUT -> seen;
            case TRUSTED -> seen.guilty(rules) ? seen.out(rules) : seen;
            case TRIAL -> seen.tried(c, rules);
        };
    }

    private Conduct tried(Carried c, OutlierRules rules) {
        if (c.broken() > 0 || c.errors() > c.good()) {
            return out(rules);
        }
        return passed >= rules.trial()
                ? new Conduct(Stage.TRUSTED, UNSEEN.tally, Episode.NONE, c.atNanos(), strikes, 0)
                : this;
    }

    private boolean guilty(OutlierRules rules) {
        boolean breaks = episode.relapses > 0
                && tally.broken >= rules.volume() - 0.5
                && tally.share(tally.broken) >= rules.brokenPercent();
        return episode.several && (breaks || fails(rules));
    }

    private boolean fails(OutlierRules rules) {
        return tally.errors >= 2 * rules.volume() - 0.5 && tally.share(tally.errors) >= rules.errorPercent();
    }

    private Conduct out(OutlierRules rules) {
        long now = tally.atNanos;
        boolean forgiven = untilNanos != Long.MIN_VALUE && now - untilNanos > FORGIVEN_NANOS;
        int next = forgiven ? 1 : Math.min(MOST_STRIKES, strikes + 1);
        long until = now + (rules.holdDown().toNanos() << (next - 1));
        return new Conduct(Stage.OUT, tally, episode, until, next, 0);
    }

    /** Looks at the time: after the hold-down, or once it was down by its own word, which a repair may follow, a trial. */
    Conduct at(long nowNanos, boolean wasDown) {
        if (wasDown) {
            return stage == Stage.TRUSTED ? forgotten() : fresh(Stage.TRIAL);
        }
        return stage == Stage.OUT && nowNanos - untilNanos >= 0 ? fresh(Stage.TRIAL) : this;
    }

    private Conduct forgotten() {
        return episode.lastNanos == Long.MIN_VALUE ? this : fresh(Stage.TRUSTED);
    }

    private Conduct fresh(Stage next) {
        return new Conduct(next, UNSEEN.tally, Episode.NONE, untilNanos, strikes, 0);
    }

    /** Its answers are errors rather than broken: a reason to prefer others, none to be taken out. */
    boolean onlyErrors() {
        return tally.broken < tally.errors;
    }
}

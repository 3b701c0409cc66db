package io.echogate.judge;

import io.echogate.model.Cause;
import io.echogate.model.State;
import java.util.List;

/** Pure: whether the evidence suffices for DOWN, and which cause it names. */
final class Conviction {
    private Conviction() {}

    /** The newest {@code fall} failures in a row are all corroborated, or there are twice as many. */
    static boolean due(Dossier dossier, Rules rules) {
        List<Tape.Mark> failures = dossier.service().failures();
        if (failures.size() >= rules.uncorroboratedFall()) {
            return true;
        }
        return failures.size() >= rules.fall()
                && newest(failures, rules.fall()).stream()
                        .allMatch(m -> m.corroborated() || dossier.host().corroboratesSilence());
    }

    /**
     * DOWN by what an earlier run concluded: in this one it has neither passed nor failed often enough. A conviction needs
     * more failures, and only a pass takes failures off the tape.
     */
    private static boolean recalled(Dossier dossier, Rules rules) {
        List<Tape.Mark> marks = dossier.service().marks();
        return dossier.verdict().state() == State.DOWN
                && marks.size() < rules.fall()
                && marks.stream().allMatch(Tape.Mark::failed);
    }

    private static List<Tape.Mark> newest(List<Tape.Mark> failures, int count) {
        return failures.subList(Math.max(0, failures.size() - count), failures.size());
    }

    static Cause cause(Dossier dossier, Clue clue, long now, Rules rules) {
        List<Tape.Mark> recent = newest(dossier.service().failures(), rules.fall());
        if (recalled(dossier, rules)) {
            return dossier.verdict().cause();
        }
        if (hostDiedSince(dossier, recent, clue)) {
            return Cause.HOST_SILENT;
        }
        return switch (clue) {
            case SILENCE, NO_ROUTE -> silence(dossier, recent);
            case FROZEN -> slow(dossier.service().failures(), now, rules) ? Cause.SLOW : Cause.FROZEN;
            case NOTHING -> dossier.verdict().cause();
            case REFUSED, BROKEN, WRONG, SLOW, UNRESOLVED -> clue.cause();
        };
    }

    /**
     * It answers, if late: since the newest late answer was heard, too few questions were asked and left unanswered to
     * say that it has stopped.
     */
    private static boolean slow(List<Tape.Mark> failures, long now, Rules rules) {
        return failures.stream()
                .filter(m -> m.late(now))
                .map(Tape.Mark::lateNanos)
                .reduce((a, b) -> a - b > 0 ? a : b)
                .filter(late ->
                        failures.stream().filter(m -> m.askedNanos() - late > 0).count() < rules.fall())
                .isPresent();
    }

    /**
     * The service's newest failure was heard while the machine still answered ICMP, and the machine has fallen silent
     * since: {@code docker stop} ends the process first and the machine right after it.
     */
    private static boolean hostDiedSince(Dossier dossier, List<Tape.Mark> recent, Clue clue) {
        if (!dossier.host().corroboratesSilence() || clue == Clue.UNRESOLVED || recent.isEmpty()) {
            return false;
        }
        return !dossier.host().tape().failures().isEmpty()
                && dossier.host().tape().failures().getFirst().askedNanos()
                                - recent.getLast().askedNanos()
                        > 0;
    }

    private static Cause silence(Dossier dossier, List<Tape.Mark> recent) {
        Host host = dossier.host();
        boolean hostGone = host.silent() || (host.quiet() && host.answers());
        boolean askedBeforeReturn = !recent.isEmpty()
                && dossier.verdict().cause() == Cause.HOST_SILENT
                && recent.getLast().askedNanos() - host.sinceNanos() < 0;
        if (host.alone() || hostGone || !host.answers() || askedBeforeReturn) {
            return Cause.HOST_SILENT;
        }
        boolean frozen =
                dossier.verdict().cause() == Cause.FROZEN || recent.stream().anyMatch(m -> m.clue() == Clue.FROZEN);
        return frozen ? Cause.FROZEN : Cause.PORT_SILENT;
    }
}

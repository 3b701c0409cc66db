package io.echogate.judge;

import io.echogate.model.Cause;
import io.echogate.model.State;

/** Pure: a verdict in one sentence for people. */
final class Reason {
    private Reason() {}

    static String of(Dossier dossier, State state, Cause cause, Rules rules) {
        if (cause == Cause.BROKEN && dossier.onProbation()) {
            return conduct(dossier.conduct(), rules);
        }
        int failures = dossier.service().failures().size();
        return switch (state) {
            case UNKNOWN -> "not yet answered";
            case UP -> up(dossier);
            case SUSPECT -> failures == 0 ? doubt(cause) : doubt(cause) + " (" + pings(failures) + ")";
            case RECOVERING ->
                "answers again, " + dossier.service().passes() + " of " + rules.rise() + " passes"
                        + held(dossier, rules);
            case DOWN -> cause.words() + " (" + pings(failures) + fact(dossier, cause) + ")";
        };
    }

    private static String conduct(Conduct conduct, Rules rules) {
        Conduct.Tally t = conduct.tally();
        long all = Math.round(t.good() + t.errors() + t.broken());
        return switch (conduct.stage()) {
            case TRIAL -> "on trial: " + rules.outlier().trial() + " requests must be answered well first";
            case OUT, TRUSTED ->
                conduct.onlyErrors()
                        ? "answers pings, and " + Math.round(t.errors()) + " of " + all + " requests with errors"
                        : "answers pings, and breaks " + Math.round(t.broken()) + " of " + all + " requests";
        };
    }

    private static String held(Dossier dossier, Rules rules) {
        long hold = dossier.steadiness().holdNanos(rules.holdDownNanos());
        return hold == 0
                ? ""
                : "; held down for " + hold / 1_000_000 + " ms: down soon after it was back, "
                        + dossier.steadiness().relapses() + " times in a row";
    }

    private static String up(Dossier dossier) {
        return dossier.host().silent() ? "answers; its machine does not answer ICMP" : "answers";
    }

    private static String doubt(Cause cause) {
        return switch (cause) {
            case FROZEN -> "the request was acknowledged and is not answered";
            case HOST_SILENT -> "no sign of life";
            case PORT_SILENT -> "the machine answers, the port does not";
            default -> cause.words();
        };
    }

    private static String pings(int failures) {
        return failures == 1 ? "1 ping failed" : failures + " pings in a row failed";
    }

    private static String fact(Dossier dossier, Cause cause) {
        return switch (cause) {
            case FROZEN -> ", the request acknowledged by the machine's kernel";
            case HOST_SILENT -> dossier.host().corroboratesSilence() ? ", ICMP silent too" : "";
            case PORT_SILENT -> ", ICMP answers";
            default -> "";
        };
    }
}

package io.echogate.probe;

/**
 * The computed rate of false DOWNs with the default configuration and independent loss; derived in docs/judging.md.
 * {@code p} is the share of packets lost.
 */
final class LossFormula {
    /** HTTP checks per hour of a member that is well. */
    static final double CHECKS = 3_600 / SimulatedWorld.MEAN_INTERVAL;

    private LossFormula() {}

    /** No connection in time: SYN or SYN-ACK lost, since the next SYN leaves after 1 s. */
    static double unconnected(double p) {
        return 1 - (1 - p) * (1 - p);
    }

    /** A check is unanswered when only its first {@code sends} transmissions of request and answer come in time. */
    static double unanswered(double p, int sends) {
        double lost = Math.pow(p, sends);
        for (int k = 0; k < sends; k++) {
            lost += Math.pow(p, k) * (1 - p) * Math.pow(p, answersInTime(k, sends));
        }
        return unconnected(p) + (1 - unconnected(p)) * lost;
    }

    /** Request at 0, 200 or 600 ms; its answers 0, 200 and 600 ms later; those before 200, 600 or 800 ms count. */
    private static int answersInTime(int request, int sends) {
        int[] after = {0, 200, 600};
        int end = new int[] {200, 600, 800}[sends - 1];
        int count = 0;
        for (int a : after) {
            count += after[request] + a < end ? 1 : 0;
        }
        return count;
    }

    /**
     * So many failures that close one after the other, 200 ms apart, and no answer to any of the three questions that
     * are asked before the last of them closes (they have waited for 600, 400 and 200 ms by then).
     */
    private static double run(double p, int failures) {
        return Math.pow(unanswered(p, 3), failures) * unanswered(p, 2) * unanswered(p, 2) * unanswered(p, 1);
    }

    /** The same for the machine, asked at the same times: three misses and three more without an answer. */
    private static double hostSilent(double p) {
        return Math.pow(unconnected(p), 6);
    }

    /** Per hour: a run begins after a pass. */
    static double falseDownsPerHour(double p) {
        return CHECKS * (run(p, 6) + run(p, 3) * hostSilent(p));
    }

    /** Per hour, if the path were bad for an exponential while: outages longer than that. */
    static double outagesPerHour(double loss, double meanSeconds, double longerThanSeconds) {
        return loss * 3_600 / meanSeconds * Math.exp(-longerThanSeconds / meanSeconds);
    }
}

package io.echogate.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is to be said of Echogate in one blow: the targets that it misses, and the peers that do better. Only those are
 * compared that lose no larger share of the idempotent requests: it is easy to fail fast.
 */
final class Verdict {
    /** By how much a peer may be better: that share, or that many milliseconds. */
    private static final double SHARE = 1.10;

    private static final double MILLIS = 5;
    private static final int CHANCE = 2;

    private final Trial ours;
    private final List<String> misses = new ArrayList<>();

    private Verdict(Trial ours) {
        this.ours = ours;
    }

    /** One line in Markdown. */
    static String of(Blow blow, Trial ours, List<Trial> peers) {
        Verdict verdict = new Verdict(ours);
        verdict.targets(blow);
        List<Trial> equals = peers.stream()
                .filter(peer -> failedShare(peer) <= failedShare(ours))
                .toList();
        equals.stream()
                .min(Comparator.comparingDouble(Verdict::failedShare).thenComparingDouble(Trial::p999Millis))
                .ifPresent(verdict::beside);
        equals.stream().min(Comparator.comparingLong(Verdict::othersFailed)).ifPresent(verdict::besideOthers);
        return verdict.misses.isEmpty() ? "Kept." : "**Missed**: " + String.join("; ", verdict.misses) + ".";
    }

    private void targets(Blow blow) {
        long failed = ours.sum(c -> c.failed(true));
        if (blow.spoilsAnswers()) {
            miss(failedShare(ours) > 0.01, failed + " idempotent failed, more than 1 %");
            long later = ours.sum(Cell::failedLater);
            miss(later > 0, later + " of them after the first second");
        } else {
            miss(failed > 0, failed + " idempotent failed");
        }
        miss(ours.sum(Cell::doubled) > 0, ours.sum(Cell::doubled) + " ran twice");
        double usual = ours.usualMillis();
        if (blow == Blow.KILL) {
            within(2 * usual + 10);
        } else if (blow == Blow.FREEZE) {
            within(600 + usual);
        }
    }

    private void within(double limit) {
        double worst = ours.worstMillis(true);
        miss(worst > limit, String.format(Locale.ROOT, "worst %.0f ms, to be at most %.0f", worst, limit));
    }

    private static double failedShare(Trial t) {
        return (double) t.sum(c -> c.failed(true)) / t.sum(c -> c.sent(true));
    }

    private static long othersFailed(Trial t) {
        return t.sum(c -> c.failed(false));
    }

    /** Requests that are not idempotent: one or two more may have been in flight just then. */
    private void besideOthers(Trial best) {
        miss(
                othersFailed(ours)
                        > othersFailed(best) * SHARE + CHANCE * ours.cells().size(),
                othersFailed(ours) + " others failed, " + othersFailed(best) + " with "
                        + best.balancer().key());
    }

    private void beside(Trial best) {
        String who = best.balancer().key();
        long failed = ours.sum(c -> c.failed(true));
        miss(
                failedShare(ours) > failedShare(best),
                failed + " idempotent failed, " + best.sum(c -> c.failed(true)) + " with " + who);
        miss(
                ours.sum(Cell::late)
                        > best.sum(Cell::late) * SHARE + CHANCE * ours.cells().size(),
                ours.sum(Cell::late) + " late, " + best.sum(Cell::late) + " with " + who);
        slower("worst", ours.worstMillis(true), best.worstMillis(true), who);
        slower("p99.9", ours.p999Millis(), best.p999Millis(), who);
    }

    private void slower(String what, double ours, double theirs, String who) {
        miss(
                ours > theirs * SHARE && ours > theirs + MILLIS,
                String.format(Locale.ROOT, "%s %.0f ms, %.0f with %s", what, ours, theirs, who));
    }

    private void miss(boolean missed, String what) {
        if (missed) {
            misses.add(what);
        }
    }
}

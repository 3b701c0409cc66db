package io.echogate.probe;

import io.echogate.meter.Histogram;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the asking counts of itself. Confined to the probe loop. */
final class ProbeMeter {
    static final Metric ECHOES =
            Metric.counter("echogate_probe_echoes", "Questions by kind and how they ended.", "kind", "outcome");
    static final Metric LAG =
            Metric.histogram("echogate_probe_lag_seconds", "How much later than planned a question was asked.");
    static final Metric IN_FLIGHT =
            Metric.gauge("echogate_probe_in_flight", "Questions on their way, late listening included.");

    static final Metric GAPS = Metric.histogram(
            "echogate_probe_gap_seconds", "How long this process was suspended or starved, when more than 50 ms.");

    static final Metric OVERFLOW = Metric.counter(
            "echogate_icmp_overflow", "ICMP answers that found our receive buffer full and were dropped.");

    private final Map<Kind, Map<Outcome, Tally>> echoes = new EnumMap<>(Kind.class);
    private final Histogram lag;
    private final Tally inFlight;
    private final Histogram gaps;
    private final Tally overflow;

    ProbeMeter(LoopMeter loop) {
        for (Kind kind : new Kind[] {Kind.HTTP, Kind.ICMP}) {
            Map<Outcome, Tally> byOutcome = new EnumMap<>(Outcome.class);
            for (Outcome o : Outcome.values()) {
                byOutcome.put(o, loop.tally(ECHOES, word(kind), word(o)));
            }
            echoes.put(kind, byOutcome);
        }
        lag = loop.histogram(LAG);
        inFlight = loop.tally(IN_FLIGHT);
        gaps = loop.histogram(GAPS);
        overflow = loop.tally(OVERFLOW);
    }

    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT);
    }

    void heard(Kind kind, Outcome outcome) {
        Map<Outcome, Tally> byOutcome = echoes.get(kind);
        Tally tally = byOutcome == null ? null : byOutcome.get(outcome);
        if (tally != null) {
            tally.increment();
        }
    }

    void missed(long nanos) {
        gaps.record(nanos);
    }

    void asked(long lagNanos) {
        lag.record(lagNanos);
    }

    void overflowed(long answers) {
        overflow.add(answers);
    }

    void ticked(int onTheirWay) {
        inFlight.set(onTheirWay);
    }
}

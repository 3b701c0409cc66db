package io.echogate.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One proxy under one load for one round; latencies in microseconds.
 *
 * @param cost its requests, processor time and errors
 * @param segments TCP segments that were sent meanwhile, by anybody
 * @param resident resident memory at its end, in KiB
 */
record RelayRound(Sample cost, double p50, double p99, double p999, long segments, long resident) {
    private static final Pattern RESULT =
            Pattern.compile("requests=(\\d+) errors=(\\d+) nanos=(\\d+) p50=(\\S+) p99=(\\S+) p999=(\\S+)");

    static RelayRound measure(Bed bed, Bed.Proxy proxy, List<String> options, double seconds) {
        try (Child load = bed.load(proxy, options, seconds)) {
            long cpu = proxy.child().cpuNanos();
            long segments = Segments.sent();
            load.say("go");
            int status = load.ended();
            cpu = proxy.child().cpuNanos() - cpu;
            segments = Segments.sent() - segments;
            proxy.child().requireAlive();
            Matcher result = RESULT.matcher(load.output());
            if (status != 0 || !result.find()) {
                throw new IllegalStateException("load on " + proxy.peer().key() + ": " + load.output());
            }
            Sample cost = new Sample(number(result, 1), cpu, number(result, 3), number(result, 2));
            return new RelayRound(
                    cost,
                    Double.parseDouble(result.group(4)),
                    Double.parseDouble(result.group(5)),
                    Double.parseDouble(result.group(6)),
                    segments,
                    proxy.child().residentKibibytes());
        }
    }

    private static long number(Matcher result, int group) {
        return Long.parseLong(result.group(group));
    }

    double segmentsPerRequest() {
        return (double) segments / cost.echoes();
    }

    double cpuMicros() {
        return cost.cpuMicrosPerEcho();
    }
}

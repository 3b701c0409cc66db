package io.echogate.meter;

import java.util.List;

/**
 * The name of a family of counters, gauges or histograms, as Prometheus shows it.
 *
 * @param name snake_case with unit suffix, for counters without the {@code _total}
 * @param help one sentence
 * @param type what it is
 * @param labels label names, in the order in which values are given
 */
public record Metric(String name, String help, Type type, List<String> labels) {
    /** How values of a family behave. */
    public enum Type {
        /** Only rises. */
        COUNTER,
        /** Rises and falls; loops are added up. */
        GAUGE,
        /** Counts durations in buckets; fed in nanoseconds, read in seconds. */
        HISTOGRAM
    }

    public Metric {
        labels = List.copyOf(labels);
    }

    public static Metric counter(String name, String help, String... labels) {
        return new Metric(name, help, Type.COUNTER, List.of(labels));
    }

    public static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, help, Type.GAUGE, List.of(labels));
    }

    public static Metric histogram(String name, String help, String... labels) {
        return new Metric(name, help, Type.HISTOGRAM, List.of(labels));
    }

    /** In {@link #REQUESTS} instead of a member: the page, where clients come in. */
    public static final String PAGE = "page";

    /** Requests answered to clients, by the member that answered; the page's requests per second come from it. */
    public static final Metric REQUESTS = counter(
            "echogate_requests",
            "Requests answered to clients, by answering member and status class.",
            "member",
            "class");
}

package io.echogate.meter;

import java.util.List;

/**
 * One number, or one histogram, added up over all loops at the moment of reading.
 *
 * @param metric the family
 * @param labels label values in the family's order
 * @param value of a counter or gauge; for a histogram the sum in nanoseconds
 * @param buckets counts per bucket of {@link Histogram#bounds()} and one more, not cumulative; empty but for histograms
 */
public record Reading(Metric metric, List<String> labels, long value, List<Long> buckets) {}

package io.echogate.page;

import io.echogate.meter.Histogram;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.meter.Reading;
import io.echogate.model.Fleet;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Everything that is counted, as Prometheus text: the counters of all loops, the fleet, the JVM. Durations are in
 * seconds. Confined to the page's loop.
 */
final class MetricsText {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Meters meters;
    private final PrometheusRegistry jvm = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private int usual = 16 * 1024;

    MetricsText(Meters meters) {
        this.meters = meters;
        JvmThreadsMetrics.builder().register(jvm);
        JvmMemoryMetrics.builder().register(jvm);
        JvmBufferPoolMetrics.builder().register(jvm);
        JvmGarbageCollectorMetrics.builder().register(jvm);
        JvmRuntimeInfoMetric.builder().register(jvm);
        ProcessMetrics.builder().register(jvm);
    }

    String contentType() {
        return formats.getPrometheusTextFormatWriter().getContentType();
    }

    byte[] write(Fleet fleet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(usual);
        Set<String> written = new HashSet<>();
        Stream.of(FleetMetrics.of(fleet), counted(), jvm.scrape().stream())
                .flatMap(families -> families)
                .filter(family -> written.add(family.getMetadata().getName()))
                .forEach(family -> write(family, out));
        usual = Math.max(usual, out.size() + out.size() / 8);
        return out.toByteArray();
    }

    private void write(MetricSnapshot family, ByteArrayOutputStream out) {
        try {
            formats.getPrometheusTextFormatWriter().write(out, new MetricSnapshots(family));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<MetricSnapshot> counted() {
        Map<Metric, List<Reading>> families = new LinkedHashMap<>();
        for (Reading reading : meters.read()) {
            families.computeIfAbsent(reading.metric(), m -> new ArrayList<>()).add(reading);
        }
        return families.entrySet().stream().map(family -> snapshot(family.getKey(), family.getValue()));
    }

    private static MetricSnapshot snapshot(Metric metric, List<Reading> readings) {
        return switch (metric.type()) {
            case COUNTER -> counter(metric, readings);
            case GAUGE -> gauge(metric, readings);
            case HISTOGRAM -> histogram(metric, readings);
        };
    }

    private static CounterSnapshot counter(Metric metric, List<Reading> readings) {
        CounterSnapshot.Builder family = CounterSnapshot.builder();
        readings.forEach(r -> family.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(r))
                .value((double) r.value())
                .build()));
        return family.name(bare(metric.name())).help(metric.help()).build();
    }

    private static GaugeSnapshot gauge(Metric metric, List<Reading> readings) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        readings.forEach(r -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(r))
                .value((double) r.value())
                .build()));
        return family.name(metric.name()).help(metric.help()).build();
    }

    private static HistogramSnapshot histogram(Metric metric, List<Reading> readings) {
        HistogramSnapshot.Builder family = HistogramSnapshot.builder();
        readings.forEach(r -> family.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels(r))
                .classicHistogramBuckets(buckets(r))
                .sum(r.value() / NANOS_PER_SECOND)
                .build()));
        return family.name(metric.name()).help(metric.help()).build();
    }

    private static ClassicHistogramBuckets buckets(Reading reading) {
        List<Double> bounds = new ArrayList<>();
        LongStream.of(Histogram.bounds()).forEach(nanos -> bounds.add(nanos / NANOS_PER_SECOND));
        bounds.add(Double.POSITIVE_INFINITY);
        return ClassicHistogramBuckets.of(bounds, reading.buckets());
    }

    private static Labels labels(Reading reading) {
        return Labels.of(
                reading.metric().labels().toArray(String[]::new),
                reading.labels().toArray(String[]::new));
    }

    /** The library adds {@code _total} itself. */
    private static String bare(String name) {
        return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
    }
}

package io.echogate.page;

import io.echogate.model.Ask;
import io.echogate.model.Drill;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.echogate.model.Strip;
import io.echogate.model.Trips;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The fleet as gauges. Pure. */
final class FleetMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private FleetMetrics() {}

    /** One family at a time: with thousands of members, all together would be much to hold. */
    static Stream<MetricSnapshot> of(Fleet fleet) {
        List<Supplier<MetricSnapshot>> families = List.of(
                () -> states(fleet, "echogate_member_state", "1 for the state that the member is in.", Member::state),
                () -> states(
                        fleet, "echogate_host_state", "1 for the state of the machine, by ICMP.", FleetMetrics::host),
                () -> causes(fleet),
                () -> serving(fleet),
                () -> chosen(fleet),
                () -> hostTrip(fleet),
                () -> serviceTrip(fleet),
                () -> loss(fleet),
                () -> jitter(fleet.everybody(), "host", m -> m.host().strip()),
                () -> quantiles(fleet.everybody(), "host", m -> m.host().strip()),
                () -> jitter(services(fleet), "service", m -> m.service().strip()),
                () -> quantiles(services(fleet), "service", m -> m.service().strip()),
                () -> drill(fleet),
                () -> single("echogate_isolated", "1 while this monitor is cut off itself.", fleet.isolated() ? 1 : 0),
                () -> single("echogate_fleet_seq", "Sequence number of the published snapshot.", (double) fleet.seq()));
        return families.stream().map(Supplier::get);
    }

    private static Stream<Member> services(Fleet fleet) {
        return fleet.everybody().filter(m -> m.ask() != Ask.ICMP);
    }

    private static State host(Member member) {
        return member.host().state();
    }

    private static GaugeSnapshot serving(Fleet fleet) {
        String help = "1 when the member would get requests now.";
        return perMember(fleet.members().stream(), "echogate_member_serving", help, m -> m.serving() ? 1 : 0);
    }

    private static GaugeSnapshot chosen(Fleet fleet) {
        String help =
                "1 for a member that the next request may go to: the first that serves, or where requests are shared each.";
        return perMember(fleet.members().stream(), "echogate_member_chosen", help, m -> fleet.chosen(m) ? 1 : 0);
    }

    private static GaugeSnapshot hostTrip(Fleet fleet) {
        String help = "Round trip of the newest ICMP answer; NaN without one.";
        return perMember(
                fleet.everybody(),
                "echogate_host_rtt_seconds",
                help,
                m -> seconds(m.host().rttNanos()));
    }

    private static GaugeSnapshot serviceTrip(Fleet fleet) {
        String help = "Asked to answered of the newest answer to a ping; NaN without one.";
        return perMember(
                services(fleet),
                "echogate_service_rtt_seconds",
                help,
                m -> seconds(m.service().rttNanos()));
    }

    private static GaugeSnapshot loss(Fleet fleet) {
        String help = "Share of unanswered ICMP questions among the newest 60.";
        return perMember(
                fleet.everybody(),
                "echogate_host_loss_ratio",
                help,
                m -> m.host().lossPercent() / 100);
    }

    private static GaugeSnapshot jitter(Stream<Member> members, String of, Function<Member, Strip> strip) {
        String help = "Mean difference of consecutive round trips among the newest 60; NaN without two.";
        return perMember(
                members,
                "echogate_" + of + "_jitter_seconds",
                help,
                m -> seconds(Trips.of(strip.apply(m)).jitterNanos()));
    }

    private static GaugeSnapshot quantiles(Stream<Member> members, String of, Function<Member, Strip> strip) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        members.forEach(m -> {
            Trips trips = Trips.of(strip.apply(m));
            family.dataPoint(quantile(m, "0.5", trips.p50Nanos()));
            family.dataPoint(quantile(m, "0.95", trips.p95Nanos()));
            family.dataPoint(quantile(m, "0.99", trips.p99Nanos()));
        });
        return family.name("echogate_" + of + "_rtt_quantile_seconds")
                .help("Percentiles, by nearest rank, of the round trips among the newest 60; NaN without one.")
                .build();
    }

    private static GaugeDataPointSnapshot quantile(Member member, String quantile, long nanos) {
        return point(Labels.of("member", member.name(), "quantile", quantile), seconds(nanos));
    }

    private static GaugeSnapshot states(Fleet fleet, String name, String help, Function<Member, State> state) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        fleet.everybody().forEach(m -> {
            for (State candidate : State.values()) {
                Labels labels = Labels.of("member", m.name(), "state", candidate.name());
                family.dataPoint(point(labels, state.apply(m) == candidate ? 1 : 0));
            }
        });
        return family.name(name).help(help).build();
    }

    private static GaugeSnapshot causes(Fleet fleet) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        fleet.everybody()
                .forEach(m -> family.dataPoint(
                        point(Labels.of("member", m.name(), "cause", m.cause().name()), 1)));
        return family.name("echogate_member_cause")
                .help("1 for the cause of the member's verdict; other causes are absent.")
                .build();
    }

    private static GaugeSnapshot drill(Fleet fleet) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        Drill drill = fleet.drill();
        if (drill != null) {
            family.dataPoint(point(Labels.of("member", drill.member(), "mode", DrillJson.mode(drill)), 1));
        }
        return family.name("echogate_drill")
                .help("1 while a failure of that member is played: alarms about it are part of the drill.")
                .build();
    }

    private static GaugeSnapshot perMember(
            Stream<Member> members, String name, String help, ToDoubleFunction<Member> value) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        members.forEach(m -> family.dataPoint(point(Labels.of("member", m.name()), value.applyAsDouble(m))));
        return family.name(name).help(help).build();
    }

    private static GaugeSnapshot single(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(Labels.EMPTY, value))
                .build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static double seconds(long nanos) {
        return nanos < 0 ? Double.NaN : nanos / NANOS_PER_SECOND;
    }
}

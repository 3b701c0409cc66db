package io.echogate.page;

import io.echogate.model.Ask;
import io.echogate.model.Beat;
import io.echogate.model.Cause;
import io.echogate.model.Drill;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.HostView;
import io.echogate.model.Icmp;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.ServiceView;
import io.echogate.model.Standing;
import io.echogate.model.State;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import io.echogate.model.Verdict;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Snapshots made by hand, each one after the other as the one writer would publish them. */
final class Fleets {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Icmp DATAGRAM = new Icmp(Icmp.Mode.DATAGRAM, "");

    private Fleets() {}

    static Fleet of(Member... members) {
        return publish(7, 1, START, false, DATAGRAM, List.of(members), List.of());
    }

    static Fleet twoUp() {
        return of(up(0, "S1"), up(1, "S2"));
    }

    /** The same with another member in place of the one of that index, one number and one moment later. */
    static Fleet with(Fleet before, Member member) {
        return with(before, member, before.at().plusMillis(100));
    }

    static Fleet with(Fleet before, Member member, Instant at) {
        List<Member> members = new ArrayList<>(before.members());
        members.set(member.index(), member);
        return publish(
                before.epoch(),
                before.seq() + 1,
                alike(before.at(member.index()), member) ? before.changedSeq() : before.seq() + 1,
                at,
                before.isolated(),
                before.icmp(),
                members,
                before.events());
    }

    /** The same with one more event, whose number is the snapshot's. */
    static Fleet happened(Fleet now, String member, State from, State to, Cause cause, String why, String... evidence) {
        List<Event> events = new ArrayList<>(now.events());
        events.add(new Event(now.seq(), now.at(), "member_state", member, from, to, cause, why, List.of(evidence)));
        return publish(
                now.epoch(), now.seq(), now.changedSeq(), now.at(), now.isolated(), now.icmp(), now.members(), events);
    }

    static Fleet isolated(Fleet before, boolean isolated, Instant at) {
        return publish(
                before.epoch(),
                before.seq() + 1,
                before.changedSeq(),
                at,
                isolated,
                before.icmp(),
                before.members(),
                before.events());
    }

    static Fleet icmp(Fleet before, Icmp icmp) {
        return publish(
                before.epoch(),
                before.seq() + 1,
                before.changedSeq(),
                before.at().plusMillis(100),
                before.isolated(),
                icmp,
                before.members(),
                before.events());
    }

    /** The same while a failure is played, or without one. */
    static Fleet drilled(Fleet f, @Nullable Drill drill) {
        return new Fleet(
                f.epoch(),
                f.seq() + 1,
                f.changedSeq(),
                f.pressedSeq(),
                f.at().plusMillis(100),
                f.atNanos(),
                f.isolated(),
                f.shared(),
                f.icmp(),
                drill,
                f.members(),
                f.rotation(),
                f.events());
    }

    private static boolean alike(Member was, Member is) {
        return was.verdict().equals(is.verdict())
                && was.host().state() == is.host().state();
    }

    /** One with new verdicts. */
    static Fleet publish(
            long epoch, long seq, Instant at, boolean isolated, Icmp icmp, List<Member> members, List<Event> events) {
        return publish(epoch, seq, seq, at, isolated, icmp, members, events);
    }

    private static Fleet publish(
            long epoch,
            long seq,
            long changedSeq,
            Instant at,
            boolean isolated,
            Icmp icmp,
            List<Member> members,
            List<Event> events) {
        List<Member> rotation = members.stream()
                .filter(m -> m.state() == State.UP || m.state() == State.RECOVERING || m.state() == State.SUSPECT)
                .filter(m -> m.intent() == Intent.READY)
                .sorted(Comparator.comparingInt((Member m) -> tier(m.state())).thenComparingInt(Member::index))
                .toList();
        int best = rotation.isEmpty() ? -1 : tier(rotation.getFirst().state());
        List<Member> marked = members.stream()
                .map(m -> tier(m.state()) == best && m.intent() == Intent.READY
                        ? m.withServing(true, m.since())
                        : m.withServing(false))
                .toList();
        List<Member> order = rotation.stream().map(m -> marked.get(m.index())).toList();
        return new Fleet(
                epoch,
                seq,
                changedSeq,
                0,
                at,
                seq * 1_000_000,
                isolated,
                false,
                icmp,
                null,
                marked,
                order,
                List.copyOf(events));
    }

    private static int tier(State state) {
        return switch (state) {
            case UP -> 0;
            case RECOVERING -> 1;
            case SUSPECT -> 2;
            case DOWN, UNKNOWN -> 9;
        };
    }

    /** The same with one member that an operator wants something of. */
    static Fleet ordered(Fleet before, int index, Order order) {
        Member m = before.at(index);
        return with(
                before,
                new Member(
                        m.index(),
                        m.name(),
                        m.url(),
                        m.address(),
                        m.verdict(),
                        m.since(),
                        order,
                        m.proven(),
                        m.serving(),
                        m.pressedNanos(),
                        m.host(),
                        m.service(),
                        m.standing()));
    }

    /** The same with those who are only watched, one number and one moment later. */
    static Fleet watching(Fleet f, Member... watched) {
        return new Fleet(
                f.epoch(),
                f.seq() + 1,
                f.changedSeq(),
                f.pressedSeq(),
                f.at().plusMillis(100),
                f.atNanos(),
                f.isolated(),
                f.shared(),
                f.icmp(),
                f.drill(),
                f.members(),
                List.of(watched),
                f.rotation(),
                f.events(),
                f.incidents());
    }

    /** One who is only watched, of that scheme. */
    static Member watched(int index, String name, Ask ask, State state, Cause cause) {
        Member m = member(index, name, state, cause, "because", START, strip(START, 60, Outcome.ANSWERED));
        boolean machine = ask == Ask.ICMP;
        return new Member(
                index,
                name,
                ask.name().toLowerCase(Locale.ROOT) + "://10.0.0." + index + (machine ? "" : ":80"),
                ask,
                new InetSocketAddress("10.0.0." + index, machine ? 0 : 80),
                m.verdict(),
                START,
                Order.READY,
                true,
                false,
                null,
                Long.MIN_VALUE,
                m.host(),
                machine ? ServiceView.UNASKED : m.service(),
                Standing.DEFAULT,
                "net");
    }

    /** The same after one more answer of its service. */
    static Member answered(Member m, Instant at, long rttNanos) {
        ServiceView was = m.service();
        String detail = "200 pong in " + rttNanos / 1_000_000 + " ms";
        Timing timing = new Timing(0, rttNanos / 4, rttNanos / 2, rttNanos);
        Strip strip = was.strip().with(at, Outcome.ANSWERED, rttNanos);
        return with(m, m.host(), new ServiceView(was.state(), timing, rttNanos, was.status(), at, detail, strip));
    }

    /** The same after one more answer of its machine. */
    static Member pinged(Member m, Instant at, long rttNanos) {
        Strip strip = m.host().strip().with(at, Outcome.ANSWERED, rttNanos);
        return with(m, new HostView(m.host().state(), rttNanos, strip.lossPercent(), at, strip), m.service());
    }

    static Member with(Member m, HostView host, ServiceView service) {
        return new Member(
                m.index(),
                m.name(),
                m.url(),
                m.ask(),
                m.address(),
                m.verdict(),
                m.since(),
                m.order(),
                m.proven(),
                m.serving(),
                m.servingSince(),
                m.pressedNanos(),
                host,
                service,
                m.standing(),
                m.group());
    }

    static Member up(int index, String name) {
        return member(
                index, name, State.UP, Cause.NONE, "answers as expected", START, strip(START, 60, Outcome.ANSWERED));
    }

    static Member frozen(int index, String name, Instant since) {
        List<Beat> strip = new ArrayList<>(strip(since, 60, Outcome.ANSWERED));
        for (int i = 1; i <= 3; i++) {
            strip.add(new Beat(since.plusMillis(200L * i), Outcome.SILENT, Timing.UNREACHED));
        }
        return member(
                index,
                name,
                State.DOWN,
                Cause.FROZEN,
                "3 questions were acknowledged by its kernel and not answered",
                since,
                last(strip));
    }

    /** Always an address: names would be looked up. */
    private static String host(int index) {
        return "127.0." + (index + 11) / 250 + "." + (index + 11) % 250;
    }

    static Member member(
            int index, String name, State state, Cause cause, String why, Instant since, List<Beat> service) {
        Instant last = service.isEmpty() ? null : service.getLast().at();
        List<Beat> host = strip(last == null ? since : last, service.isEmpty() ? 0 : 60, Outcome.ANSWERED);
        return new Member(
                index,
                name,
                "http://" + host(index) + ":3000",
                new InetSocketAddress(host(index), 3000),
                new Verdict(state, cause, 0, why),
                since,
                Order.READY,
                true,
                false,
                Long.MIN_VALUE,
                new HostView(service.isEmpty() ? State.UNKNOWN : State.UP, 163_400, 0, last, Strip.of(host)),
                new ServiceView(
                        state,
                        new Timing(0, 200_000, 1_100_000, 1_234_567),
                        1_234_567,
                        state == State.UP ? 200 : 0,
                        last,
                        state == State.UP ? "200 pong" : "no answer within 800 ms",
                        phased(service)),
                Standing.DEFAULT);
    }

    /** The same with where the time of each went. */
    private static Strip phased(List<Beat> beats) {
        Strip strip = Strip.EMPTY;
        for (Beat beat : beats) {
            int status = beat.outcome() == Outcome.ANSWERED ? 200 : beat.outcome() == Outcome.WRONG ? 500 : 0;
            strip = strip.with(beat.at(), beat.outcome(), beat.rttNanos(), phases(beat), status);
        }
        return strip;
    }

    private static Timing phases(Beat beat) {
        long none = Timing.UNREACHED;
        long timeout = 800_000_000;
        return switch (beat.outcome()) {
            case ANSWERED -> new Timing(0, 200_000, beat.rttNanos() - 150_000, beat.rttNanos());
            case WRONG -> new Timing(0, 200_000, 900_000, 1_000_000);
            case STALLED -> new Timing(0, 200_000, 900_000, timeout);
            case RESET -> new Timing(0, 200_000, none, 700_000);
            case REFUSED -> new Timing(0, none, none, 300_000);
            case CONNECT_SILENT, UNREACHABLE, NO_ROUTE -> new Timing(0, none, none, timeout);
            case UNRESOLVED, UNSENT -> new Timing(none, none, none, timeout);
            case SILENT, LATE, OVERDUE -> new Timing(0, 200_000, none, timeout);
        };
    }

    /** So many beats, a second apart, the newest at {@code end}. */
    static List<Beat> strip(Instant end, int beats, Outcome outcome) {
        List<Beat> strip = new ArrayList<>();
        for (int i = beats - 1; i >= 0; i--) {
            long rtt = outcome == Outcome.ANSWERED ? 400_000 + (i * 7919 % 13) * 90_000L : Timing.UNREACHED;
            strip.add(new Beat(end.minusSeconds(i), outcome, rtt));
        }
        return strip;
    }

    static List<Beat> last(List<Beat> strip) {
        return List.copyOf(strip.subList(Math.max(0, strip.size() - Beat.STRIP), strip.size()));
    }
}

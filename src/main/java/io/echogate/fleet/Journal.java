package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Incident;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers and keeps what happened: the newest {@link Fleet#EVENTS} events. Touched by the writer's thread only. */
final class Journal {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private static final long TOLD_GAP_NANOS = 400_000_000;

    private static final long TELL_AGAIN_NANOS = 10_000_000_000L;

    private final Clock clock;
    private final boolean shares;
    private final Receivers receivers;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Event> fresh = new ArrayList<>();
    private final List<String> mergedAway = new ArrayList<>();
    private Casebook casebook;
    private List<Event> newest = List.of();
    private long seq;
    private long missedNanos;
    private long missedToldNanos;

    /**
     * Nothing has happened so far.
     *
     * @param shares several members get requests at the same time
     */
    Journal(Clock clock, boolean shares, CaseRules rules) {
        this.casebook = Casebook.empty(rules);
        this.shares = shares;
        this.receivers = new Receivers(shares);
        this.clock = clock;
        this.missedToldNanos = clock.nanos() - TELL_AGAIN_NANOS;
    }

    long nextSeq() {
        return ++seq;
    }

    /** Oldest first; the same instance until something happens. */
    List<Event> newest() {
        return newest;
    }

    /** All since the last call, oldest first. */
    List<Event> takeFresh() {
        List<Event> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    /** As all that happened makes it. */
    Casebook casebook() {
        return casebook;
    }

    /** Ids of incidents that have become part of older ones since the last call. */
    List<String> takeMergedAway() {
        List<String> taken = List.copyOf(mergedAway);
        mergedAway.clear();
        return taken;
    }

    void verdict(MemberFile file, Verdict before, Verdict after) {
        if (before.state() != after.state()) {
            boolean lost = after.state() == State.SUSPECT || after.state() == State.DOWN;
            add("member_state", file, before.state(), after, lost ? file.onset() : Detail.NONE);
        } else if (after.state() == State.DOWN && before.cause() != after.cause()) {
            add("cause_changed", file, before.state(), after, Detail.NONE);
        }
    }

    private void add(String type, MemberFile file, State from, Verdict after, Detail detail) {
        add(type, file.name(), from, after.state(), after.cause(), after.why(), file.evidence(), detail);
    }

    void host(MemberFile file, State before, State after) {
        if (after == State.DOWN && before != State.DOWN) {
            member(file, "host_silent", "the machine does not answer ICMP", file.evidence());
        } else if (after == State.UP && (before == State.RECOVERING || before == State.DOWN)) {
            member(file, "host_answers", "the machine answers ICMP again", file.evidence());
        }
    }

    /** "drain by alice until 2026-01-01T12:30:00Z: deploy 1.2". */
    void order(MemberFile file, Order order) {
        String until = order.until() == null ? "" : " until " + order.until().truncatedTo(ChronoUnit.SECONDS);
        String why = order.why().isEmpty() ? "" : ": " + order.why();
        member(
                file,
                "intent_changed",
                order.intent().name().toLowerCase(Locale.ROOT) + " by " + order.by() + until + why,
                List.of(),
                new Detail.Ordered(order));
    }

    void cut(MemberFile file, long count) {
        String what = count == 1 ? "1 request or tunnel" : count + " requests and tunnels";
        member(file, "requests_cut", what + " still ran at the order's deadline and had to be cut", List.of());
    }

    /** "freeze is played until 2026-01-01T12:30:00Z by alice: exercise". */
    void drillBegins(MemberFile file, Drill drill) {
        String why = drill.why().isEmpty() ? "" : ": " + drill.why();
        String mode = drill.mode().name().toLowerCase(Locale.ROOT);
        String until = drill.until().truncatedTo(ChronoUnit.SECONDS).toString();
        member(file, "drill_begins", mode + " is played until " + until + " by " + drill.by() + why, List.of());
    }

    void drillEnds(MemberFile file, String why) {
        member(file, "drill_ends", why, List.of());
    }

    /** "by alice: the fan is dead". */
    void remark(Detail.Remark said) {
        String text = said.text().isEmpty() ? "" : ": " + said.text();
        String type = said.acknowledges() ? "incident_acknowledged" : "incident_noted";
        monitor(type, Cause.NONE, "by " + said.by() + text, said);
    }

    /** What an earlier run knew was taken up; of its incidents those last on in which somebody is not UP. */
    void recalled(String why, List<Incident> incidents, Set<String> up) {
        monitor("verdicts_recalled", Cause.NONE, why);
        casebook = casebook.recalled(incidents, up, events.getLast());
        mergedAway.addAll(casebook.mergedAway());
    }

    private void member(MemberFile file, String type, String why, List<String> evidence) {
        member(file, type, why, evidence, Detail.NONE);
    }

    private void member(MemberFile file, String type, String why, List<String> evidence, Detail detail) {
        Verdict now = file.dossier().verdict();
        add(type, file.name(), now.state(), now.state(), now.cause(), why, evidence, detail);
    }

    void isolation(boolean isolated, boolean witnessed) {
        String how = witnessed ? "no witness and no member answers" : "all members fell silent together";
        String why = isolated ? "it is us: " + how + "; the last verdicts stand" : "somebody answers again";
        monitor(isolated ? "isolated" : "isolation_over", isolated ? Cause.ISOLATED : Cause.NONE, why);
    }

    /**
     * Short gaps are ordinary on a busy machine: they are counted and not told. On a starved one long ones are frequent,
     * so they are told at most every ten seconds, all together.
     */
    void missed(long nanos) {
        if (nanos < TOLD_GAP_NANOS) {
            return;
        }
        missedNanos += nanos;
        long now = clock.nanos();
        if (now - missedToldNanos >= TELL_AGAIN_NANOS) {
            missedToldNanos = now;
            String seconds = missedNanos / 1_000_000_000 + "." + missedNanos / 100_000_000 % 10 + " s";
            missedNanos = 0;
            monitor(
                    "not_looking",
                    Cause.NONE,
                    "it is us: this monitor stood still for " + seconds
                            + "; what was asked before is given up as never asked");
        }
    }

    void icmp(Icmp now) {
        switch (now.mode()) {
            case NONE ->
                monitor(
                        "icmp_unavailable",
                        Cause.NONE,
                        "no ICMP socket: causes come from TCP and HTTP alone; to open it: " + now.remedy());
            case DATAGRAM, RAW ->
                monitor(
                        "icmp_available",
                        Cause.NONE,
                        "machines are pinged through a " + now.mode().name().toLowerCase(Locale.ROOT) + " ICMP socket");
            case UNKNOWN -> {
                // Nothing was tried, so there is nothing to tell.
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same instance for as long as nothing about it changed
    void rotation(List<Member> before, List<Member> after) {
        if (before == after) {
            return;
        }
        Detail.Moved moved = receivers.then(after);
        String to = receivers.words();
        if (!moved.from().isEmpty() || !moved.to().isEmpty()) {
            String why = to.isEmpty() ? "nobody serves" : "new requests " + (shares ? "are shared by " : "go to ") + to;
            monitor(to.isEmpty() ? "nobody_serves" : "requests_move", Cause.NONE, why, moved);
        }
    }

    private void monitor(String type, Cause cause, String why) {
        monitor(type, cause, why, Detail.NONE);
    }

    private void monitor(String type, Cause cause, String why, Detail detail) {
        add(type, "", State.UNKNOWN, State.UNKNOWN, cause, why, List.of(), detail);
    }

    private void add(
            String type,
            String member,
            State from,
            State to,
            Cause cause,
            String why,
            List<String> evidence,
            Detail detail) {
        Event event = new Event(nextSeq(), clock.now(), type, member, from, to, cause, why, evidence, detail);
        if (events.size() == Fleet.EVENTS) {
            events.removeFirst();
        }
        events.addLast(event);
        fresh.add(event);
        newest = List.copyOf(events);
        casebook = casebook.after(event);
        mergedAway.addAll(casebook.mergedAway());
        if (member.isEmpty()) {
            log.info("{} why=\"{}\"", type, why);
        } else {
            log.info("{} member={} from={} to={} cause={} why=\"{}\"", type, member, from, to, cause, why);
        }
    }

    /** UTC time of day with milliseconds. */
    static String time(Instant at) {
        String iso = at.truncatedTo(ChronoUnit.MILLIS).toString();
        return iso.substring(iso.indexOf('T') + 1);
    }
}

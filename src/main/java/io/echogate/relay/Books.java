package io.echogate.relay;

import io.echogate.exchange.Hedge;
import io.echogate.exchange.Refusal;
import io.echogate.http.Fault;
import io.echogate.meter.Delays;
import io.echogate.meter.Histogram;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.meter.Takings;
import io.echogate.meter.Tally;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One event loop's counters, every handle looked up beforehand. Confined to that loop. */
final class Books {
    private static final int CLASSES = 6;
    private static final String NONE = "none";

    /** Members whose counters stand at 0 from the start; those after them get theirs with their first request. */
    private static final int OPENED_AT_ONCE = 64;

    private static final class PerMember {
        final Tally[] requests = new Tally[CLASSES];
        final Tally answered;
        final Map<Failure.Kind, Tally> failed;
        final Histogram connect;
        final Histogram firstByte;
        final Histogram total;
        final Tally idle;
        final Tally reused;
        final Tally sent;
        final Tally received;
        final Tally inFlight;

        PerMember(LoopMeter m, String name) {
            count(m, name, requests);
            answered = m.tally(Families.ATTEMPTS, name, "answered");
            failed = each(Failure.Kind.class, k -> m.tally(Families.ATTEMPTS, name, label(k)));
            connect = m.histogram(Families.CONNECT, name);
            firstByte = m.histogram(Families.FIRST_BYTE, name);
            total = m.histogram(Families.TOTAL, name);
            idle = m.tally(Families.IDLE, name);
            reused = m.tally(Families.REUSED, name);
            sent = m.tally(Families.MEMBER_SENT, name);
            received = m.tally(Families.MEMBER_RECEIVED, name);
            inFlight = m.tally(Families.MEMBER_IN_FLIGHT, name);
        }
    }

    private final LoopMeter meter;
    private final List<String> names;
    private final @Nullable PerMember[] members;
    private final PerMember none;
    private final @Nullable Tally[] page = new @Nullable Tally[CLASSES];
    private final Takings takings;
    private final Map<Failure.Kind, Tally> retries;
    private final Map<Hedge.End, Tally> hedges;
    private final Map<Fault, Tally> faults;
    private final Map<Refusal, Tally> refusals;
    final Tally bytesUp;
    final Tally bytesDown;
    final Tally inFlight;
    final Tally clients;
    final Tally coalesced;
    final Tally waiting;
    final Tally waited;
    final Tally crowded;
    private final Histogram lag;
    private final Delays delays;

    Books(LoopMeter m, List<Member> pool) {
        meter = m;
        names = pool.stream().map(Member::name).toList();
        members = new @Nullable PerMember[pool.size()];
        for (int i = 0; i < Math.min(pool.size(), OPENED_AT_ONCE); i++) {
            members[i] = new PerMember(m, names.get(i));
        }
        none = new PerMember(m, NONE);
        count(m, Metric.PAGE, page);
        takings = m.takings(pool.size());
        retries = each(Failure.Kind.class, k -> m.tally(Families.RETRIES, label(k)));
        hedges = each(Hedge.End.class, h -> m.tally(Families.HEDGES, label(h)));
        faults = each(Fault.class, f -> m.tally(Families.REFUSALS, label(f)));
        refusals = each(Refusal.class, r -> m.tally(Families.REFUSALS, label(r)));
        bytesUp = m.tally(Families.BYTES_UP);
        bytesDown = m.tally(Families.BYTES_DOWN);
        inFlight = m.tally(Families.IN_FLIGHT);
        clients = m.tally(Families.CLIENTS);
        lag = m.histogram(Families.LAG);
        delays = m.newDelays();
        waiting = m.tally(Families.WAITING);
        waited = m.tally(Families.WAITED);
        coalesced = m.tally(Families.EVIDENCE_DROPPED);
        crowded = m.tally(Families.CROWDED);
    }

    private static <K extends Enum<K>> Map<K, Tally> each(Class<K> keys, Function<K, Tally> made) {
        Map<K, Tally> map = new EnumMap<>(keys);
        for (K k : keys.getEnumConstants()) {
            map.put(k, made.apply(k));
        }
        return map;
    }

    private static String label(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT);
    }

    private PerMember of(@Nullable Member m) {
        return m == null ? none : at(m.index());
    }

    private static void count(LoopMeter m, String name, @Nullable Tally[] classes) {
        for (int c = 0; c < CLASSES; c++) {
            classes[c] = m.tally(Metric.REQUESTS, name, c == 0 ? "aborted" : c + "xx");
        }
    }

    private static void count(@Nullable Tally t) {
        if (t != null) {
            t.increment();
        }
    }

    void finished(@Nullable Member m, int status, long nanos) {
        inFlight.add(-1);
        int statusClass = Math.min(status / 100, CLASSES - 1);
        PerMember p = of(m);
        p.requests[statusClass].increment();
        p.total.record(nanos);
        if (m != null) {
            takings.answered(m.index(), status, nanos);
        }
    }

    /** The page was asked where clients come in. */
    void shown(int status) {
        inFlight.add(-1);
        count(page[Math.min(status / 100, CLASSES - 1)]);
    }

    /** The loop came so much later to its tick than it had planned. */
    void late(long nanos) {
        lag.record(nanos);
        delays.record(nanos);
    }

    /** An attempt of a request failed there. */
    void met(Member m, boolean answeredElsewhere) {
        takings.met(m.index(), answeredElsewhere);
    }

    void attempted(Member m, Failure.@Nullable Kind why) {
        if (why == null) {
            of(m).answered.increment();
        } else {
            count(of(m).failed.get(why));
        }
    }

    void connected(Member m, long nanos) {
        of(m).connect.record(nanos);
    }

    void firstByte(Member m, long nanos) {
        of(m).firstByte.record(nanos);
    }

    void reused(Member m) {
        of(m).reused.increment();
    }

    private PerMember at(int member) {
        if (member >= members.length) {
            return none;
        }
        PerMember p = members[member];
        if (p == null) {
            p = new PerMember(meter, names.get(member));
            members[member] = p;
        }
        return p;
    }

    void idle(int member, int change) {
        if (change != 0) {
            at(member).idle.add(change);
        }
    }

    void inFlight(int member, int change) {
        at(member).inFlight.add(change);
    }

    void sent(int member, int bytes) {
        at(member).sent.add(bytes);
    }

    void received(int member, int bytes) {
        at(member).received.add(bytes);
    }

    void retried(Failure.Kind why) {
        count(retries.get(why));
    }

    void hedged(Hedge.End how) {
        count(hedges.get(how));
    }

    void refused(Fault why) {
        count(faults.get(why));
    }

    void refused(Refusal why) {
        count(refusals.get(why));
    }
}

package io.echogate.history;

import io.echogate.meter.Buckets;
import io.echogate.meter.Meters;
import io.echogate.meter.Takings;
import io.echogate.model.Command;
import io.echogate.model.Drain;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.Toll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes notes of what happens: a second's figures when it is over, and events, standings, orders and incidents at once.
 * Touches no disk. Confined to one thread.
 */
final class Digest {
    /** What was read just before the second turned may come just after; a clock that is set back goes further. */
    private static final long OUT_OF_ORDER_SECONDS = 5;

    private final Meters meters;
    private final Consumer<Note> to;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final TreeMap<Integer, Bin> bins = new TreeMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Tolls tolls;
    private final int pool;
    private final long[] sums = new long[Takings.SIZE];
    private final long[] @Nullable [] before;
    private long[] late = new long[Buckets.COUNT];
    private long[] lateBefore = new long[Buckets.COUNT];
    private Fleet known;
    private Note.Stood poolStands;
    private long second;
    private boolean began;
    private volatile Map<String, Toll> told = Map.of();

    /**
     * @param first the snapshot before anything has happened
     * @param to takes notes, at once
     */
    Digest(Fleet first, Meters meters, Consumer<Note> to) {
        this.meters = meters;
        this.to = to;
        this.known = first;
        this.pool = first.members().size();
        this.before = new long[pool] @Nullable [];
        first.everybody().forEach(m -> numbers.put(m.name(), m.index()));
        this.second = first.at().getEpochSecond();
        this.tolls = new Tolls(first.members().stream().map(Member::name).toList(), second);
        first.everybody().forEach(m -> to.accept(Standings.of(m, first.at(), first.seq())));
        this.poolStands = Standings.pool(first);
        to.accept(poolStands);
    }

    /** Names of members by the numbers that are used in seconds. */
    static List<String> locals(Fleet fleet) {
        return fleet.everybody().map(Member::name).toList();
    }

    void take(Drain drain) {
        turn(drain.at());
        for (Taken taken : drain.taken()) {
            if (taken.command() instanceof Command.Heard(Echo echo)) {
                hear(echo);
            }
        }
        drain.events().forEach(e -> happened(e, drain.published()));
        standings(drain.published());
        incidents(drain.published(), drain.mergedAway());
        known = drain.published();
    }

    private void hear(Echo echo) {
        Integer member = numbers.get(echo.member());
        boolean counts = echo.outcome().closes() || echo.outcome() == Outcome.LATE;
        if (member == null || echo.kind() == Kind.TRAFFIC || !counts) {
            return;
        }
        Series series = echo.kind() == Kind.ICMP ? Series.HOST : Series.SERVICE;
        Bin bin = bin(series.id(member));
        bin.count(Series.code(echo.outcome()), 1);
        if (echo.outcome() == Outcome.ANSWERED) {
            bin.took(echo.timing().total());
        }
    }

    private Bin bin(int series) {
        return bins.computeIfAbsent(series, x -> new Bin());
    }

    private void happened(Event event, Fleet now) {
        to.accept(new Note.Happened(event));
        Member member = event.type().equals("intent_changed") ? now.member(event.member()) : null;
        if (member != null) {
            to.accept(new Note.Ordered(member.name(), event.at(), event.seq(), OrderJson.encode(member.order())));
        }
    }

    private void standings(Fleet now) {
        if (now.changedSeq() != known.changedSeq()) {
            differing(known.members(), now.members(), now);
            differing(known.watched(), now.watched(), now);
        }
        if (now.changedSeq() != known.changedSeq() || now.isolated() != known.isolated()) {
            Note.Stood stands = Standings.pool(now);
            if (!stands.data().equals(poolStands.data())) {
                poolStands = stands;
                to.accept(stands);
            }
        }
    }

    private void differing(List<Member> was, List<Member> is, Fleet now) {
        for (int i = 0; i < is.size(); i++) {
            if (Standings.differ(was.get(i), is.get(i))) {
                to.accept(Standings.of(is.get(i), now.at(), now.seq()));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same instance while nothing about them changed
    private void incidents(Fleet now, List<String> merged) {
        if (now.incidents() == known.incidents()) {
            return;
        }
        Set<String> there = new HashSet<>();
        for (Incident incident : now.incidents()) {
            there.add(incident.id());
            if (!Objects.equals(seen.put(incident.id(), incident.seq()), incident.seq())) {
                to.accept(new Note.Told(incident, tolls.follow(incident, Toll.NONE)));
            }
        }
        for (Incident gone : known.incidents()) {
            if (!there.contains(gone.id())) {
                seen.remove(gone.id());
                if (gone.open() && !merged.contains(gone.id())) {
                    to.accept(new Note.Told(gone.ended(now.at()), tolls.follow(gone, Toll.NONE)));
                }
                tolls.forget(gone.id());
            }
        }
        for (String id : merged) {
            tolls.forget(id);
            to.accept(new Note.Merged(id));
        }
        told = tolls.told();
    }

    /** Incidents of an earlier run that go on have done this much before. */
    void recalled(List<StoredIncident> incidents) {
        incidents.forEach(stored -> tolls.follow(stored.incident(), stored.toll()));
        told = tolls.told();
    }

    /** What each incident of the newest snapshot did to requests so far, by its id; any thread. */
    Map<String, Toll> tolls() {
        return told;
    }

    /** Time goes on: what is over is handed on. */
    void turn(Instant now) {
        long ahead = now.getEpochSecond() - second;
        if (began && ahead <= 0 && ahead > -OUT_OF_ORDER_SECONDS) {
            return;
        }
        if (began) {
            requests();
            lag();
            List<Note.Told> news = new ArrayList<>(tolls.news());
            to.accept(new Note.Second(Moment.of(second, bins)));
            news.forEach(to);
            told = news.isEmpty() ? told : tolls.told();
            bins.values().forEach(Bin::clear);
        }
        began = true;
        second = now.getEpochSecond();
        tolls.turn(second);
    }

    private void requests() {
        for (int i = 0; i < pool; i++) {
            if (meters.takings(i, sums)) {
                tolls.counted(i, sums);
                long[] was = before[i];
                if (was == null) {
                    was = new long[Takings.SIZE];
                    before[i] = was;
                }
                count(bin(Series.REQUESTS.id(i)), was);
                System.arraycopy(sums, 0, was, 0, was.length);
            }
        }
    }

    private void lag() {
        meters.delays(late);
        Bin bin = bin(Series.LAG.id(Series.MONITOR));
        for (int b = 0; b < Buckets.COUNT; b++) {
            bin.took(b, late[b] - lateBefore[b]);
        }
        long[] next = lateBefore;
        lateBefore = late;
        late = next;
    }

    private void count(Bin bin, long[] was) {
        for (int code = 0; code < Takings.TIMES; code++) {
            bin.count(code, sums[code] - was[code]);
        }
        for (int b = 0; b + Takings.TIMES < Takings.SIZE; b++) {
            bin.took(b, sums[Takings.TIMES + b] - was[Takings.TIMES + b]);
        }
    }
}

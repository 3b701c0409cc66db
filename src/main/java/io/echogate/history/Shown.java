package io.echogate.history;

import io.echogate.config.StatusRules.Component;
import io.echogate.history.Shares.Share;
import io.echogate.history.Turns.Mode;
import io.echogate.history.Turns.Run;
import io.echogate.history.Turns.Turn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the public may know of the past: how things that are made of members have worked, without a word on the members.
 * Someone who is drained or in maintenance counts as planned: new requests do not get there.
 *
 * @param at when that was so
 * @param days dates of the last {@link #DAYS} UTC days, oldest first; the last is the current one
 * @param tracks one for each component, in their order
 */
public record Shown(Instant at, List<String> days, List<Track> tracks) {
    /** How far it goes back. */
    public static final int DAYS = 90;

    /** Whiles that end now, in days. */
    public static final List<Integer> WINDOWS = List.of(1, 7, 30, DAYS);

    /**
     * One component.
     *
     * @param percents of {@link #WINDOWS}; null: nothing is known of that while
     * @param outages oldest first, the newest {@link Outages#MOST}
     */
    public record Track(List<Day> days, List<@Nullable Double> percents, List<Outage> outages) {}

    /**
     * One day.
     *
     * @param percent it worked for that share of the time that counts; null: none counts
     */
    public record Day(@Nullable Double percent, long downMillis, long plannedMillis) {}

    /**
     * A while in which it did not work.
     *
     * @param planned it was maintenance
     * @param to null while it lasts
     */
    public record Outage(
            boolean planned, Instant from, @Nullable Instant to) {}

    static Shown of(Connection from, List<Component> components, Instant now) throws SQLException {
        Days days = new Days(now, DAYS, Duration.ZERO);
        long[] cuts = cuts(days);
        Set<String> wanted =
                components.stream().flatMap(c -> c.members().stream()).collect(Collectors.toSet());
        List<Shares> sums = components.stream().map(c -> new Shares(cuts)).toList();
        List<Outages> outages = components.stream().map(c -> new Outages()).toList();
        Turns.each(from, cuts[0], cuts[cuts.length - 1], wanted::contains, run -> {
            for (int i = 0; i < components.size(); i++) {
                Shares shares = sums.get(i);
                Outages out = outages.get(i);
                Turns.sweep(together(components.get(i), run), run, (mode, start, end) -> {
                    shares.lasted(mode, start, end);
                    out.lasted(mode, start, end);
                });
            }
        });
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            tracks.add(track(days, cuts, sums.get(i), outages.get(i).until(now)));
        }
        return new Shown(now, days.names(), tracks);
    }

    /** Where the days and the windows begin, and now. */
    private static long[] cuts(Days days) {
        TreeSet<Long> cuts = new TreeSet<>();
        Arrays.stream(days.cuts()).forEach(cuts::add);
        WINDOWS.forEach(window -> cuts.add(begin(days.now(), window)));
        return cuts.stream().mapToLong(Long::longValue).toArray();
    }

    private static long begin(Instant now, int window) {
        return now.minus(Duration.ofDays(window)).toEpochMilli();
    }

    private static Track track(Days days, long[] cuts, Shares shares, List<Outage> outages) {
        long[] mornings = days.cuts();
        List<Day> each = new ArrayList<>();
        for (int i = 0; i + 1 < mornings.length; i++) {
            Share share = shares.share(place(cuts, mornings[i]), place(cuts, mornings[i + 1]));
            each.add(new Day(share.percent(), share.down(), share.planned()));
        }
        List<@Nullable Double> percents = new ArrayList<>();
        for (int window : WINDOWS) {
            percents.add(shares.share(place(cuts, begin(days.now(), window)), cuts.length - 1)
                    .percent());
        }
        return new Track(each, percents, outages);
    }

    private static int place(long[] cuts, long at) {
        return Arrays.binarySearch(cuts, at);
    }

    /** One standing as member of a component. */
    private record Step(long at, int member, Mode mode) {}

    /** How a component stood, from how its members did. Those that the run did not know are not asked. */
    static List<Turn> together(Component component, Run run) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < component.members().size(); i++) {
            for (Turn turn : run.of(component.members().get(i))) {
                steps.add(new Step(turn.at(), i, turn.mode() == Mode.DRAINED ? Mode.PLANNED : turn.mode()));
            }
        }
        steps.sort(Comparator.comparingLong(Step::at));
        List<Turn> turns = new ArrayList<>();
        @Nullable Mode[] modes = new Mode[component.members().size()];
        Map<Mode, Integer> counts = new EnumMap<>(Mode.class);
        for (Step step : steps) {
            Mode was = modes[step.member()];
            if (was != null) {
                counts.merge(was, -1, Integer::sum);
            }
            modes[step.member()] = step.mode();
            counts.merge(step.mode(), 1, Integer::sum);
            turns.add(new Turn(step.at(), mode(component.all(), counts)));
        }
        return turns;
    }

    private static Mode mode(boolean all, Map<Mode, Integer> counts) {
        List<Mode> first = all
                ? List.of(Mode.DOWN, Mode.UNSEEN, Mode.PLANNED, Mode.UP)
                : List.of(Mode.UP, Mode.DOWN, Mode.UNSEEN, Mode.PLANNED);
        return first.stream()
                .filter(mode -> counts.getOrDefault(mode, 0) > 0)
                .findFirst()
                .orElse(Mode.UNSEEN);
    }
}

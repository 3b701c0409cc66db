package io.echogate.page;

import io.echogate.config.StatusRules;
import io.echogate.history.Shown;
import io.echogate.history.Shown.Outage;
import io.echogate.history.Shown.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the public is told at one moment. Immutable.
 *
 * @param rules what may be told
 * @param now by the monitor's clock
 * @param at when the monitor last looked
 * @param sight whether what it saw is what there is
 * @param seen one for each component, in their order
 * @param past the same; null while it is not known
 */
record StatusView(
        StatusRules rules,
        Instant now,
        Instant at,
        Sight sight,
        List<Seen> seen,
        @Nullable Shown past) {
    /** How far back past failures are told. */
    static final Duration TOLD = Duration.ofDays(14);

    private static final int MOST_PAST = 50;

    /** Whether the monitor sees. */
    enum Sight {
        CLEAR,
        /** It is us: the states are the last known. */
        CUT_OFF,
        /** The monitor has not looked for too long. */
        STALE
    }

    /** What the whole is doing: as its worst component. */
    Seen.Word word() {
        return seen.stream().map(Seen::word).min(Comparator.naturalOrder()).orElse(Seen.Word.UNKNOWN);
    }

    List<Seen> with(Seen.Word word) {
        return seen.stream().filter(s -> s.word() == word).toList();
    }

    /** What is known of a component's past, or null. */
    @Nullable
    Track track(int component) {
        return past == null ? null : past.tracks().get(component);
    }

    /** A past failure of one component. */
    record Told(int index, Seen of, Outage outage) {
        Instant end() {
            Instant to = outage.to();
            return to == null ? outage.from() : to;
        }
    }

    /**
     * Failures and maintenance of the last days, newest first.
     *
     * @param lasting with those that last
     */
    List<Told> told(boolean lasting) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < seen.size() && rules.incidents(); i++) {
            Track track = track(i);
            Seen of = seen.get(i);
            for (Outage outage : track == null ? List.<Outage>of() : track.outages()) {
                Outage ended = ended(outage, of);
                Instant to = ended.to();
                if (to == null ? lasting : !to.isBefore(now.minus(TOLD))) {
                    told.add(new Told(i, of, ended));
                }
            }
        }
        told.sort(Comparator.comparing((Told t) -> t.outage().from()).reversed());
        return told.subList(0, Math.min(MOST_PAST, told.size()));
    }

    /** What is known of the past is a little older than what is seen now: a failure may have ended in between. */
    private static Outage ended(Outage outage, Seen of) {
        Instant since = of.since();
        boolean bad = of.word() == Seen.Word.DOWN || of.word() == Seen.Word.MAINTENANCE;
        boolean lasts = outage.to() == null && (bad || since == null || since.isBefore(outage.from()));
        return outage.to() != null || lasts ? outage : new Outage(outage.planned(), outage.from(), since);
    }
}

package io.echogate.page;

import io.echogate.history.Shown.Day;
import io.echogate.page.StatusView.Sight;
import io.echogate.page.StatusView.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Sentences that the public page, its feed and its badges have in common. Pure. */
final class StatusLines {
    private StatusLines() {}

    /** The whole in one sentence. */
    static String headline(StatusView view, Words words) {
        if (view.sight() == Sight.CUT_OFF) {
            return words.t("status.cutOff");
        }
        if (view.sight() == Sight.STALE) {
            return words.t("status.stale", "time", words.lasting(Duration.between(view.at(), view.now())));
        }
        List<Seen> worst = view.with(view.word());
        if (view.word() == Seen.Word.OPERATIONAL) {
            return view.seen().size() == 1
                    ? words.t("status.oneWorks", "name", name(worst))
                    : words.t("status.allWork");
        }
        return worst.size() == 1
                ? one(view, worst.getFirst(), words)
                : several(view.word(), worst.size(), view.seen().size(), words);
    }

    private static String name(List<Seen> of) {
        return of.getFirst().component().name();
    }

    private static String one(StatusView view, Seen seen, Words words) {
        String name = seen.component().name();
        Instant since = seen.since();
        if (seen.word() == Seen.Word.DOWN && since != null) {
            String time = words.lasting(Duration.between(since, view.now()));
            return words.t("status.oneDown", "name", name, "time", time);
        }
        return switch (seen.word()) {
            case DOWN ->
                words.t("status.line", "name", name, "state", seen.word().in(words));
            case DEGRADED -> words.t("status.oneDegraded", "name", name);
            case MAINTENANCE -> words.t("status.oneMaintained", "name", name);
            case UNKNOWN, OPERATIONAL -> words.t("status.oneUnknown", "name", name);
        };
    }

    private static String several(Seen.Word word, int n, int all, Words words) {
        return switch (word) {
            case DOWN -> words.t("status.someDown", "n", n, "all", all);
            case DEGRADED -> words.t("status.someDegraded", "n", n, "all", all);
            case MAINTENANCE -> words.t("status.someMaintained", "n", n, "all", all);
            case UNKNOWN, OPERATIONAL -> words.t("status.someUnknown", "n", n, "all", all);
        };
    }

    /** What a past failure was. */
    static String was(Told told, Words words, String lasted) {
        String name = told.of().component().name();
        return told.outage().planned()
                ? words.t("status.wasMaintained", "name", name, "time", lasted)
                : words.t("status.wasDown", "name", name, "time", lasted);
    }

    /** One day of a component. */
    static String day(String date, Day day, Words words) {
        Double percent = day.percent();
        StringBuilder line = new StringBuilder(date).append(": ");
        line.append(percent == null ? words.t("status.noData") : words.percent(percent));
        if (day.downMillis() > 0) {
            line.append(", ").append(words.t("status.downFor", "time", lasting(day.downMillis(), words)));
        }
        if (day.plannedMillis() > 0) {
            line.append(", ").append(words.t("status.plannedFor", "time", lasting(day.plannedMillis(), words)));
        }
        return line.toString();
    }

    private static String lasting(long millis, Words words) {
        return words.lasting(Duration.ofMillis(Math.max(1000, millis)));
    }

    /** For machines, in whole seconds. */
    static String machine(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

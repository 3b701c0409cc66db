package io.echogate.page;

import io.echogate.history.Shown;
import io.echogate.history.Shown.Day;
import io.echogate.history.Shown.Track;
import io.echogate.page.StatusView.Sight;
import io.echogate.page.StatusView.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The public page in one language, as HTML without a script. Pure. */
final class StatusHtml {
    static final int RELOAD_SECONDS = 30;

    private static final int DAY_WIDTH = 4;
    private static final int BAR = 28;

    /** Below it a day counts as a bad one, in percent. */
    private static final double BAD = 95;

    private final StatusView view;
    private final Words words;
    private final boolean reloads;
    private final Markup out = new Markup();

    private StatusHtml(StatusView view, Words words, boolean reloads) {
        this.view = view;
        this.words = words;
        this.reloads = reloads;
    }

    /** @param reloads whether it says of itself that it loads itself again */
    static String of(StatusView view, Words words, boolean reloads, String style) {
        StatusHtml html = new StatusHtml(view, words, reloads);
        html.head(style);
        html.top();
        html.current();
        html.components();
        html.past();
        html.foot();
        return html.out.toString();
    }

    private void head(String style) {
        out.raw("<!doctype html>\n<html").put("lang", words.language()).raw("><head><meta charset=\"utf-8\">");
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.element(
                "title",
                StatusLines.headline(view, words) + " · " + view.rules().title());
        out.raw("<link rel=\"stylesheet\"").put("href", style).raw(">");
        out.raw("<link rel=\"icon\" href=\"/-/status/icon.svg\">");
        if (view.rules().incidents()) {
            out.raw("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/-/status/feed.atom\"")
                    .put("title", view.rules().title())
                    .raw(">");
        }
        out.raw("</head>\n<body><main>\n");
    }

    private void top() {
        String tone = view.sight() == Sight.CLEAR ? view.word().code() : "blind";
        String shape = view.sight() == Sight.CLEAR ? view.word().shape() : "◇";
        out.raw("<header>").element("h1", view.rules().title());
        out.raw("<div class=\"headline tone-" + tone + "\"><span class=\"shape\" aria-hidden=\"true\">" + shape
                + "</span>");
        out.raw("<div>").element("p", StatusLines.headline(view, words));
        if (view.sight() != Sight.CLEAR) {
            out.raw("<p class=\"soft\">").text(words.t("status.lastKnown")).raw("</p>");
        }
        out.raw("</div></div><p class=\"soft age\">")
                .text(words.t("status.asOf"))
                .raw(" ");
        time(view.at(), words.second(view.at()));
        out.raw("</p></header>\n");
    }

    private void time(Instant at, String shown) {
        out.raw("<time")
                .put("datetime", StatusLines.machine(at))
                .raw(">")
                .text(shown)
                .raw("</time>");
    }

    /** What does not work now, where the headline cannot name it. */
    private void current() {
        List<Seen> bad = view.seen().stream()
                .filter(s -> s.word() == Seen.Word.DOWN || s.word() == Seen.Word.MAINTENANCE)
                .filter(s -> s.since() != null)
                .toList();
        if (bad.size() < 2) {
            return;
        }
        out.raw("<section>").element("h2", words.t("status.now")).raw("<ul class=\"told\">");
        for (Seen seen : bad) {
            Instant since = seen.since() == null ? view.at() : seen.since();
            out.raw("<li class=\"tone-" + seen.word().code() + "\"><span class=\"shape\" aria-hidden=\"true\">"
                    + seen.word().shape() + "</span><span>");
            out.text(words.t(
                    "status.line",
                    "name",
                    seen.component().name(),
                    "state",
                    seen.word().in(words)));
            out.raw(" <span class=\"soft\">");
            time(since, words.t("status.since", "moment", words.moment(since)));
            out.raw("</span></span></li>");
        }
        out.raw("</ul></section>\n");
    }

    private void components() {
        String blind = view.sight() == Sight.CLEAR ? "" : " blind";
        out.raw("<section>").element("h2", words.t("status.services")).raw("<ul class=\"components" + blind + "\">\n");
        for (int i = 0; i < view.seen().size(); i++) {
            component(view.seen().get(i), view.track(i));
        }
        out.raw("</ul>");
        if (view.past() == null) {
            out.raw("<p class=\"soft note\">")
                    .text(words.t("status.pastUnknown"))
                    .raw("</p>");
        }
        out.raw("</section>\n");
    }

    private void component(Seen seen, @Nullable Track track) {
        String name = seen.component().name();
        out.raw("<li><div class=\"line\">").element("h3", name);
        out.raw("<p class=\"state tone-" + seen.word().code() + "\"><span class=\"shape\" aria-hidden=\"true\">"
                + seen.word().shape() + "</span> ");
        out.text(seen.word().in(words)).raw("</p></div>");
        Instant since = seen.since();
        if (since != null && seen.word() != Seen.Word.OPERATIONAL) {
            out.raw("<p class=\"soft\">");
            time(since, words.t("status.since", "moment", words.moment(since)));
            out.raw("</p>");
        }
        if (track != null) {
            bars(name, track);
            failures(track);
        }
        out.raw("</li>\n");
    }

    private void bars(String name, Track track) {
        Double all = track.percents().getLast();
        String figure = all == null ? words.t("status.noData") : words.percent(all);
        long failed = track.days().stream().filter(d -> d.downMillis() > 0).count();
        out.raw("<svg class=\"days\" role=\"img\" preserveAspectRatio=\"none\"")
                .put("viewBox", "0 0 " + (Shown.DAYS * DAY_WIDTH - 1) + " " + BAR)
                .put("aria-label", words.t("status.daysOf", "name", name, "percent", figure, "n", failed))
                .raw(">");
        for (int i = 0; i < track.days().size(); i++) {
            bar(i, track.days().get(i));
        }
        out.raw("</svg><div class=\"scale soft\"><span>").text(words.t("status.daysAgo", "n", Shown.DAYS));
        out.raw("</span><span class=\"figure\">").text(figure).raw("</span><span>");
        out.text(words.t("status.today")).raw("</span></div>");
    }

    /** Of a bad day by height as well as by colour. */
    private void bar(int index, Day day) {
        String kind = kind(day);
        int height = switch (kind) {
            case "ok" -> BAR;
            case "some" -> BAR * 3 / 4;
            case "planned", "bad" -> BAR / 2;
            default -> 3;
        };
        out.raw("<rect class=\"" + kind + "\" x=\"" + index * DAY_WIDTH + "\" y=\"" + (BAR - height)
                + "\" width=\"3\" height=\"" + height + "\">");
        out.element("title", StatusLines.day(date(index), day, words)).raw("</rect>");
    }

    private String date(int day) {
        Shown past = view.past();
        String name = past == null ? "" : past.days().get(day);
        return name.isEmpty()
                ? ""
                : words.date(LocalDate.parse(name).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static String kind(Day day) {
        Double percent = day.percent();
        if (percent == null) {
            return day.plannedMillis() > 0 ? "planned" : "none";
        }
        if (day.downMillis() == 0) {
            return "ok";
        }
        return percent < BAD ? "bad" : "some";
    }

    /** The picture in words, as far as it says more than that all was well. */
    private void failures(Track track) {
        List<Integer> days = IntStream.range(0, track.days().size())
                .filter(i -> track.days().get(i).downMillis() > 0
                        || track.days().get(i).plannedMillis() > 0)
                .boxed()
                .toList();
        if (days.isEmpty()) {
            return;
        }
        out.raw("<details><summary>")
                .text(words.t("status.failures", "n", days.size()))
                .raw("</summary><ul>");
        for (int i : days.reversed()) {
            out.element("li", StatusLines.day(date(i), track.days().get(i), words));
        }
        out.raw("</ul></details>");
    }

    private void past() {
        if (view.past() == null || !view.rules().incidents()) {
            return;
        }
        out.raw("<section>").element("h2", words.t("status.past", "n", StatusView.TOLD.toDays()));
        List<Told> told = view.told(false);
        if (told.isEmpty()) {
            out.raw("<p class=\"soft\">").text(words.t("status.noneThen")).raw("</p>");
        }
        String day = "";
        for (Told one : told) {
            String date = words.date(one.outage().from());
            if (!date.equals(day)) {
                out.raw(day.isEmpty() ? "" : "</ul>").element("h3", date).raw("<ul class=\"told\">");
                day = date;
            }
            told(one);
        }
        out.raw(told.isEmpty() ? "" : "</ul>").raw("</section>\n");
    }

    private void told(Told one) {
        Seen.Word word = one.outage().planned() ? Seen.Word.MAINTENANCE : Seen.Word.DOWN;
        Duration lasted = Duration.between(one.outage().from(), one.end());
        out.raw("<li class=\"tone-" + word.code() + "\"><span class=\"shape\" aria-hidden=\"true\">" + word.shape()
                + "</span><span>");
        out.text(StatusLines.was(one, words, words.lasting(lasted)));
        out.raw(" <span class=\"soft\">");
        time(one.outage().from(), words.clock(one.outage().from()));
        out.raw("</span></span></li>");
    }

    private void foot() {
        out.raw("<footer class=\"soft\"><p>").text(words.t("status.zone")).raw(" ");
        String reload = reloads ? "status.reloads" : "status.still";
        out.text(words.t(reload, "n", RELOAD_SECONDS)).raw(" <a");
        out.put("href", reloads ? "/-/status?still" : "/-/status").raw(">");
        out.text(words.t(reloads ? "status.stop" : "status.resume", "n", RELOAD_SECONDS))
                .raw("</a></p><p>");
        if (view.rules().incidents()) {
            out.raw("<a href=\"/-/status/feed.atom\">")
                    .text(words.t("status.feed"))
                    .raw("</a> ");
        }
        out.raw("<a href=\"/-/status/status.json\">JSON</a></p></footer>\n</main></body></html>\n");
    }
}

package io.echogate.history;

import io.echogate.model.Incident;
import io.echogate.model.Toll;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An incident as Markdown for people: what failed, how soon that was noticed beside what was promised, what it did to
 * clients, what happened, what was said. Names, evidence and remarks are untrusted and shown as they are. Times are UTC.
 */
public final class IncidentText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Incident incident;
    private final @Nullable Toll toll;
    private final List<String> lines = new ArrayList<>();

    private IncidentText(Incident incident, @Nullable Toll toll) {
        this.incident = incident;
        this.toll = toll;
    }

    /**
     * The whole of it, ending with a line break.
     *
     * @param toll what it did to clients' requests; null when that is not known
     */
    public static String of(Incident incident, @Nullable Toll toll) {
        IncidentText text = new IncidentText(incident, toll);
        text.title();
        text.table();
        text.timeline();
        text.remarks();
        return String.join("\n", text.lines) + "\n";
    }

    private void title() {
        lines.add("# " + what() + ": " + incident.cause().words());
        lines.add("");
        lines.add("Incident " + Markdown.plain(incident.id()) + ", " + period() + notes() + ". Times are UTC.");
        lines.add("");
    }

    private String what() {
        String names = incident.members().stream().map(Markdown::plain).collect(Collectors.joining(", "));
        return switch (incident.kind()) {
            case SERVICE -> "Service " + Markdown.plain(incident.subject());
            case MACHINE -> "Machine " + Markdown.plain(incident.subject()) + " (" + names + ")";
            case ISOLATION -> "This monitor";
        };
    }

    private String period() {
        String from = "from " + time(incident.named());
        return incident.ended() == null
                ? from + ", lasting still"
                : from + " to " + time(incident.ended()) + " ("
                        + span(Duration.between(incident.named(), incident.ended())) + ")";
    }

    private String notes() {
        List<String> notes = new ArrayList<>();
        if (incident.times() > 1) {
            notes.add("came " + incident.times() + " times");
        }
        if (incident.drill()) {
            notes.add("played in a drill");
        }
        if (incident.planned()) {
            notes.add("during planned work");
        }
        return notes.isEmpty() ? "" : "; " + String.join("; ", notes);
    }

    private void table() {
        lines.add("| what | value |");
        lines.add("|---|---|");
        row("last known to be well", timeOr(incident.lastGood(), "never in this run, or not known"));
        row("first question that failed", timeOr(incident.firstBad(), "not known"));
        row("noticed in", spanOr(incident.detection(), "not known"));
        row("promised", spanOr(incident.promised(), "nothing"));
        row("requests went elsewhere after", elsewhere());
        row("nobody served", incident.outage() == null ? "never" : "from " + time(incident.outage()));
        if (toll != null) {
            row("requests that met it", count(toll.met()));
            row("answered elsewhere", count(toll.elsewhere()));
            row("failed", count(toll.failed()));
        }
        lines.add("");
    }

    private void row(String what, String value) {
        lines.add("| " + what + " | " + value + " |");
    }

    private String elsewhere() {
        if (incident.left() == null) {
            return "they did not";
        }
        return incident.lastGood() == null ? "at " + time(incident.left()) : spanOr(incident.rerouting(), "");
    }

    private void timeline() {
        lines.add("## What happened");
        lines.add("");
        for (int i = 0; i < incident.timeline().size(); i++) {
            Incident.Entry e = incident.timeline().get(i);
            String who = e.member().isEmpty() ? "" : Markdown.plain(e.member()) + " ";
            lines.add("- " + time(e.at()) + " " + who + Markdown.plain(e.type()) + ": " + Markdown.plain(e.text()));
            e.evidence().forEach(line -> lines.add("  - " + Markdown.plain(line)));
        }
        if (incident.leftOut() > 0) {
            lines.add("");
            lines.add(count(incident.leftOut()) + " entries in between are not kept.");
        }
        lines.add("");
    }

    private void remarks() {
        if (incident.remarks().isEmpty()) {
            return;
        }
        lines.add("## What was said");
        lines.add("");
        for (Incident.Remark r : incident.remarks()) {
            String text = r.text().isEmpty() ? "" : ": " + Markdown.plain(r.text());
            String verb = r.acknowledges() ? " takes care" : "";
            lines.add("- " + time(r.at()) + " " + Markdown.plain(r.by()) + verb + text);
        }
        lines.add("");
    }

    private static String timeOr(@Nullable Instant at, String none) {
        return at == null ? none : time(at);
    }

    private static String spanOr(@Nullable Duration span, String none) {
        return span == null ? none : span(span);
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1.404 s", "95.0 s", "12 min 5 s", "26 h 3 min". */
    static String span(Duration d) {
        if (d.compareTo(Duration.ofSeconds(10)) < 0) {
            return String.format(Locale.ROOT, "%.3f s", d.toMillis() / 1e3);
        }
        if (d.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1e3);
        }
        return d.compareTo(Duration.ofHours(2)) < 0
                ? d.toMinutes() + " min " + d.toSecondsPart() + " s"
                : d.toHours() + " h " + d.toMinutesPart() + " min";
    }
}

package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echogate.page.StatusView.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Failures of what the public is shown, as an Atom feed (RFC 4287). An entry's id is the same in every language and run. Pure. */
final class StatusFeed {
    private StatusFeed() {}

    /**
     * The feed.
     *
     * @param id names the feed for ever
     * @param began what it was last changed at when nothing has happened
     */
    static String of(StatusView view, Words words, String id, Instant began) {
        List<Told> told = view.told(true);
        Instant updated =
                told.stream().map(Told::end).max(Comparator.naturalOrder()).orElse(began);
        String title = view.rules().title();
        Markup out = new Markup();
        out.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
        out.put("xml:lang", words.language()).raw(">\n").element("title", title).element("id", urn(id));
        out.element("updated", StatusLines.machine(updated)).raw("\n<author>").element("name", title);
        out.raw("</author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"/-/status/feed.atom\"/>");
        out.raw("<link rel=\"alternate\" type=\"text/html\" href=\"/-/status\"/>\n");
        told.forEach(one -> entry(out, one, words, id));
        return out.raw("</feed>\n").toString();
    }

    private static void entry(Markup out, Told one, Words words, String feed) {
        Instant from = one.outage().from();
        Instant to = one.outage().to();
        String name = one.of().component().name();
        String kind = one.outage().planned() ? "maintenance" : "outage";
        out.raw("<entry>").element("title", title(one, words));
        out.element("id", urn(feed + "\n" + name + "\n" + kind + "\n" + from.toEpochMilli()));
        out.element("published", StatusLines.machine(from)).element("updated", StatusLines.machine(one.end()));
        out.raw("<link href=\"/-/status\"/><category term=\"" + kind + "\"/>");
        out.raw("<content type=\"text\">").text(words.t("status.from", "moment", words.moment(from)));
        if (to != null) {
            out.text(" " + words.t("status.to", "moment", words.moment(to)));
        }
        out.raw("</content></entry>\n");
    }

    private static String title(Told one, Words words) {
        Instant to = one.outage().to();
        if (to != null) {
            return StatusLines.was(
                    one, words, words.lasting(Duration.between(one.outage().from(), to)));
        }
        Seen.Word word = one.outage().planned() ? Seen.Word.MAINTENANCE : Seen.Word.DOWN;
        return words.t("status.line", "name", one.of().component().name(), "state", word.in(words));
    }

    private static String urn(String of) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(of.getBytes(UTF_8));
    }
}

package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.StatusRules;
import io.echogate.config.StatusRules.Component;
import io.echogate.history.Shown;
import io.echogate.history.Shown.Day;
import io.echogate.history.Shown.Outage;
import io.echogate.history.Shown.Track;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.State;
import io.echogate.page.StatusView.Sight;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the public is told, worked out and written without a server. */
final class StatusPageTest {
    private static final Instant NOW = PublicSite.NOW;
    private static final String NASTY = "<img src=x onerror=alert(1)>&\"'\u0001]]>";
    private static final Map<String, Words> WORDS = Words.all();
    private static final Words ENGLISH = words("en");

    private static Words words(String language) {
        return Objects.requireNonNull(WORDS.get(language));
    }

    private static Member member(int index, String state) {
        Member m = PublicSite.member(
                index,
                state.equals("DRAIN") || state.equals("MAINTENANCE") ? State.UP : State.valueOf(state),
                NOW.minusSeconds(60L * (index + 1)));
        Intent intent = state.equals("DRAIN") || state.equals("MAINTENANCE") ? Intent.valueOf(state) : Intent.READY;
        Order order = new Order(intent, "bob", "secret reason", NOW.minusSeconds(5), null, null, Order.NEVER);
        return intent == Intent.READY
                ? m
                : Fleets.ordered(
                                Fleets.of(IntStream.rangeClosed(0, index)
                                        .mapToObj(i -> i == index ? m : PublicSite.member(i, State.UP, NOW))
                                        .toArray(Member[]::new)),
                                index,
                                order)
                        .at(index);
    }

    private static Seen seen(boolean all, String... states) {
        Member[] members = IntStream.range(0, states.length)
                .mapToObj(i -> member(i, states[i]))
                .toArray(Member[]::new);
        Fleet fleet = Fleets.of(members);
        List<String> names = Arrays.stream(members).map(Member::name).toList();
        return Seen.of(new Component("Shop", names, all), fleet, fleet::member);
    }

    @ParameterizedTest
    @CsvSource({
        "UP,OPERATIONAL,OPERATIONAL",
        "SUSPECT,DEGRADED,DEGRADED",
        "RECOVERING,DEGRADED,DEGRADED",
        "DOWN,DOWN,DOWN",
        "UNKNOWN,UNKNOWN,UNKNOWN",
        "MAINTENANCE,MAINTENANCE,MAINTENANCE",
        "DRAIN,MAINTENANCE,MAINTENANCE",
        "UP UP,OPERATIONAL,OPERATIONAL",
        "UP DOWN,DEGRADED,DOWN",
        "UP SUSPECT,OPERATIONAL,DEGRADED",
        "UP RECOVERING,DEGRADED,DEGRADED",
        "UP DRAIN,OPERATIONAL,MAINTENANCE",
        "UP UNKNOWN,OPERATIONAL,UNKNOWN",
        "DOWN SUSPECT,DEGRADED,DOWN",
        "DOWN DRAIN,DOWN,DOWN",
        "DOWN UNKNOWN,DOWN,DOWN",
        "DRAIN MAINTENANCE,MAINTENANCE,MAINTENANCE",
        "DRAIN UNKNOWN,UNKNOWN,UNKNOWN",
    })
    void aComponentIsAsWellAsWhatItIsMadeOf(String states, Seen.Word any, Seen.Word all) {
        assertThat(seen(false, states.split(" ")).word()).isEqualTo(any);
        assertThat(seen(true, states.split(" ")).word()).isEqualTo(all);
    }

    @Test
    void itIsDownSinceTheLastOneFailedOrTheFirstWhereAllAreNeeded() {
        assertThat(seen(false, "DOWN", "DOWN").since()).isEqualTo(NOW.minusSeconds(60));
        assertThat(seen(true, "DOWN", "DOWN").since()).isEqualTo(NOW.minusSeconds(120));
        assertThat(seen(false, "MAINTENANCE").since()).isEqualTo(NOW.minusSeconds(5));
        assertThat(seen(false, "UNKNOWN").since()).isNull();
    }

    private static Track track(Day day, Outage... outages) {
        List<Day> days = new ArrayList<>(Collections.nCopies(Shown.DAYS, new Day(100.0, 0, 0)));
        days.set(80, day);
        days.set(0, new Day(null, 0, 0));
        return new Track(days, Arrays.asList(100.0, 99.999, 99.5, null), List.of(outages));
    }

    private static StatusView view(String name, Sight sight, Seen.Word word, Track track) {
        StatusRules rules = PublicSite.rules(PublicSite.one(name, "S1"));
        Seen seen = new Seen(rules.components().getFirst(), word, NOW.minusSeconds(250));
        List<String> days = NOW.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .minusDays(Shown.DAYS - 1)
                .datesUntil(LocalDate.parse("2026-07-21"))
                .map(Object::toString)
                .toList();
        return new StatusView(
                rules, NOW, NOW.minusSeconds(1), sight, List.of(seen), new Shown(NOW, days, List.of(track)));
    }

    private static Outage outage(boolean planned) {
        return new Outage(
                planned,
                NOW.minus(Duration.ofDays(3)),
                NOW.minus(Duration.ofDays(3)).plusSeconds(4_000));
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }

    @Test
    void whateverANameSaysItIsText() throws Exception {
        StatusView view = view(NASTY, Sight.CLEAR, Seen.Word.DOWN, track(new Day(90.0, 8_640_000, 1), outage(false)));
        for (Words words : WORDS.values()) {
            String html = StatusHtml.of(view, words, true, "/style.css");
            assertThat(html).contains("&lt;img src=x onerror").doesNotContain("<img", "\u0001");
            parsed(StatusFeed.of(view, words, "id", NOW));
        }
        for (Badge.Tone tone : Badge.Tone.values()) {
            Document svg = parsed(Badge.of(NASTY, NASTY, tone));
            assertThat(svg.getElementsByTagName("*").getLength()).isEqualTo(8);
            assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                    .contains("<img src=x onerror=alert(1)>&\"'\uFFFD");
        }
    }

    @Test
    void everySentenceIsThereInEveryLanguage() {
        Track track = track(new Day(90.0, 8_640_000, 7_200_000), outage(true), outage(false));
        for (Words words : WORDS.values()) {
            for (Seen.Word word : Seen.Word.values()) {
                for (Sight sight : Sight.values()) {
                    String html = StatusHtml.of(view("Shop", sight, word, track), words, false, "/s.css");
                    assertThat(html).doesNotContain("null", "{").contains("<html lang=\"" + words.language() + "\"");
                }
            }
        }
    }

    @Test
    void theHeadlineIsOneSentence() {
        Track well = track(new Day(100.0, 0, 0));
        assertThat(StatusLines.headline(view("Shop", Sight.CLEAR, Seen.Word.DOWN, well), ENGLISH))
                .isEqualTo("Shop has been down for 4 min");
        assertThat(StatusLines.headline(view("Shop", Sight.CLEAR, Seen.Word.DOWN, well), words("de")))
                .isEqualTo("Shop ist seit 4 min ausgefallen");
        assertThat(StatusLines.headline(view("Shop", Sight.CUT_OFF, Seen.Word.DOWN, well), ENGLISH))
                .isEqualTo("The monitor is cut off from the network");
        assertThat(StatusLines.headline(view("Shop", Sight.CLEAR, Seen.Word.OPERATIONAL, well), ENGLISH))
                .isEqualTo("Shop works");
    }

    @Test
    void theFeedIsAtomAndNamesAnEntryForEver() throws Exception {
        StatusView view = view(
                "Shop", Sight.CLEAR, Seen.Word.OPERATIONAL, track(new Day(100.0, 0, 0), outage(true), outage(false)));
        Document feed = parsed(StatusFeed.of(view, ENGLISH, "id", NOW));
        Element root = feed.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        NodeList entries = root.getElementsByTagName("entry");
        assertThat(entries.getLength()).isEqualTo(2);
        for (String needed : List.of("id", "title", "updated", "author", "link")) {
            assertThat(root.getElementsByTagName(needed).getLength()).as(needed).isPositive();
        }
        assertThat(text(feed, "title"))
                .contains("Shop was down for 1 h 6 min", "Shop was under maintenance for 1 h 6 min");
        assertThat(text(feed, "updated")).first().isEqualTo("2026-07-17T13:41:36Z");
        List<String> ids = text(feed, "id");
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("urn:uuid:"));
        assertThat(text(parsed(StatusFeed.of(view, words("de"), "id", NOW)), "id"))
                .isEqualTo(ids);
        StatusView empty = view("Shop", Sight.CLEAR, Seen.Word.OPERATIONAL, track(new Day(100.0, 0, 0)));
        assertThat(text(parsed(StatusFeed.of(empty, ENGLISH, "id", NOW)), "updated"))
                .containsExactly("2026-07-20T12:34:56Z");
    }

    private static List<String> text(Document of, String name) {
        NodeList found = of.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    @Test
    void aFailureThatLastsInThePastAndIsOverNowHasEnded() {
        Outage open = new Outage(false, NOW.minusSeconds(900), null);
        StatusView over = view("Shop", Sight.CLEAR, Seen.Word.OPERATIONAL, track(new Day(100.0, 0, 0), open));
        assertThat(over.told(false))
                .singleElement()
                .satisfies(t -> assertThat(t.outage().to()).isEqualTo(NOW.minusSeconds(250)));
        StatusView lasts = view("Shop", Sight.CLEAR, Seen.Word.DOWN, track(new Day(100.0, 0, 0), open));
        assertThat(lasts.told(false)).isEmpty();
        assertThat(lasts.told(true))
                .singleElement()
                .satisfies(t -> assertThat(t.outage().to()).isNull());
    }

    /** WCAG's relative luminance. */
    private static double luminance(String colour) {
        double[] parts = IntStream.of(1, 3, 5)
                .mapToDouble(i -> Integer.parseInt(colour.substring(i, i + 2), 16) / 255.0)
                .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    @ParameterizedTest
    @EnumSource
    void aBadgeCanBeRead(Badge.Tone tone) throws Exception {
        Document svg = parsed(Badge.of("Shop", "operational", tone));
        NodeList grounds = svg.getElementsByTagName("rect");
        for (int i = 0; i < grounds.getLength(); i++) {
            String colour = ((Element) grounds.item(i)).getAttribute("fill");
            if (!colour.isEmpty()) {
                assertThat(1.05 / (luminance(colour) + 0.05)).as(colour).isGreaterThanOrEqualTo(4.5);
            }
        }
        int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
        assertThat(width).isEqualTo(Badge.width("Shop") + Badge.width("operational") + 24);
        assertThat(Badge.width("iiii")).isLessThan(Badge.width("MMMM"));
        assertThat(Badge.of("x".repeat(500), "y", tone)).contains("…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|en",
                "''|en",
                "de|de",
                "de-AT,de;q=0.9,en;q=0.1|de",
                "fr, de;q=0.5|de",
                "en-US,de;q=0.9|en",
                "fr|en",
                "*|en",
                ";;;q=nonsense,,|en",
            })
    void theLanguageIsTheReaders(@Nullable String accepted, String language) {
        assertThat(Words.chosen(accepted)).isEqualTo(language);
        assertThat(Words.chosen("de,".repeat(1000))).isEqualTo("en");
    }

    @Test
    void figuresAreAsTheLanguageWritesThem() {
        assertThat(ENGLISH.percent(99.9999)).isEqualTo("99.99%");
        assertThat(ENGLISH.percent(100)).isEqualTo("100%");
        assertThat(words("de").percent(99.5)).isEqualTo("99,5 %");
        assertThat(ENGLISH.lasting(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ENGLISH.lasting(Duration.ofHours(24))).isEqualTo("1 day");
        assertThat(words("de").lasting(Duration.ofHours(3))).isEqualTo("3 Std.");
        assertThat(ENGLISH.lasting(Duration.ofHours(25))).isEqualTo("1 day 1 h");
        assertThat(words("de").lasting(Duration.ofHours(50))).isEqualTo("2 Tage 2 Std.");
        assertThat(ENGLISH.moment(NOW)).isEqualTo("20 Jul 2026, 12:34 UTC");
    }
}

package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.echogate.clock.Chance;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts in a real Chromium over a real history: an hour and a half, with an outage and a time when no monitor ran. */
@Tag("browser")
final class ChartsBrowserTest {
    private static final int MINUTES = 90;
    private static final int OUTAGE = 40;
    private static final int OUTAGE_ENDS = 44;
    private static final int GAP = 60;
    private static final int GAP_ENDS = 70;

    /** Pixels of a chart that are not its ground, and how many colours they have. */
    private static final String INK = """
            (id) => {
              const canvas = document.querySelector(`#chart-${id}`).closest('section').querySelector('canvas');
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let ink = 0;
              for (let i = 3; i < data.length; i += 4) ink += data[i] > 0 ? 1 : 0;
              return ink;
            }
            """;

    private static final String LOADING = "Failed to load resource: the server responded with a status of ";

    @TempDir
    private static Path directory;

    private static Chromium chromium;
    private static Lived lived;
    private static Instant began;
    private static long question = 1_000_000;

    @BeforeAll
    static void start() throws Exception {
        lived = new Lived(directory);
        began = lived.clock.now().truncatedTo(ChronoUnit.SECONDS);
        RandomGenerator chance = Chance.seeded(7);
        for (int second = 0; second < MINUTES * 60; second += 2) {
            if (second == GAP * 60) {
                lived.clock.advanceMillis(1_000L * 60 * (GAP_ENDS - GAP));
                second = GAP_ENDS * 60;
            }
            if (second % 20 == 0) {
                twentySeconds(second / 60, chance);
            }
            twoSeconds(second / 60, second, chance);
        }
        lived.stored();
        chromium = Chromium.start();
    }

    private static void twoSeconds(int minute, int second, RandomGenerator chance) {
        lived.clock.advanceMillis(1_990);
        double tide = 1 + 0.5 * Math.sin(second / 900.0);
        hear(Kind.ICMP, "S1", Outcome.ANSWERED, 120_000 * tide * spread(chance));
        hear(Kind.ICMP, "S2", Outcome.ANSWERED, 140_000 * spread(chance));
        hear(Kind.HTTP, "S1", out(minute) ? Outcome.REFUSED : Outcome.ANSWERED, 1_500_000 * tide * spread(chance));
        hear(Kind.HTTP, "S2", chance.nextInt(200) == 0 ? Outcome.SILENT : Outcome.ANSWERED, 2_500_000 * spread(chance));
    }

    /** Figures are read when they are digested, on another thread: all before is stored, so these are of now. */
    private static void twentySeconds(int minute, RandomGenerator chance) throws Exception {
        lived.stored();
        double tide = 1 + 0.5 * Math.sin(minute / 15.0);
        for (int i = 0; i < (int) (240 * tide); i++) {
            int status = chance.nextInt(60) == 0 ? 503 : chance.nextInt(12) == 0 ? 404 : 200;
            lived.takings.answered(out(minute) ? 1 : 0, status, (long) (4_000_000 * tide * spread(chance)));
        }
        if (minute == OUTAGE) {
            for (int i = 0; i < 30; i++) {
                lived.takings.met(0, i % 3 > 0);
            }
        }
        for (int i = 0; i < 1_000; i++) {
            lived.delays.record((long) (150_000 * spread(chance)));
        }
    }

    private static boolean out(int minute) {
        return minute >= OUTAGE && minute < OUTAGE_ENDS;
    }

    /** Around 1, now and then far above. */
    private static double spread(RandomGenerator chance) {
        return Math.exp(0.35 * chance.nextGaussian()) * (chance.nextInt(150) == 0 ? 12 : 1);
    }

    private static void hear(Kind kind, String member, Outcome outcome, double nanos) {
        long now = lived.clock.nanos();
        lived.writer.accept(
                new Command.Heard(Echo.of(kind, member, ++question, now - (long) nanos, now, outcome, "evidence")));
    }

    @AfterAll
    static void stop() {
        chromium.close();
        lived.close();
    }

    private static Screen open(String hash, int width, ColorScheme scheme) {
        return charts(chromium.open(lived.uri("http", "").toString(), width, 900, scheme, 1), hash);
    }

    private static Screen charts(Screen screen, String hash) {
        screen.page.evaluate("hash => { location.hash = hash; }", hash);
        return screen;
    }

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static String minute(int minute) {
        return began.plusSeconds(60L * minute).toString();
    }

    private static String whole(String more) {
        return "charts?from=" + minute(0) + "&to=" + minute(MINUTES) + more;
    }

    private static Locator panel(Page page, String name) {
        return page.locator("section.chart").filter(new Locator.FilterOptions().setHas(page.locator("#chart-" + name)));
    }

    private static void drawn(Page page, String... names) {
        for (String name : names) {
            assertThat(panel(page, name).locator("canvas")).isVisible();
            assertThat(((Number) page.evaluate(INK, name)).intValue()).as(name).isGreaterThan(5_000);
        }
    }

    @Test
    void oneMemberIsDrawnInEveryWayAndTheCursorIsTheSameInAll() throws Exception {
        Screen screen = open(whole("&member=S1"), 1440, ColorScheme.LIGHT);
        Page page = screen.page;
        drawn(page, "service", "host", "loss", "requests", "took", "lag");
        assertThat(page.locator(".charts-incidents li")).hasCount(1);
        assertThat(page.locator(".charts-incidents a")).hasAttribute("href", Pattern.compile("#incidents\\?id=.+"));
        BoundingBox plot = panel(page, "host").locator(".u-over").boundingBox();
        page.mouse().move(plot.x + plot.width * 0.5, plot.y + 40);
        String at = page.locator(".chart-at dd").first().textContent();
        assertThat(page.locator(".chart-at dd").allTextContents()).hasSize(6).containsOnly(at);
        assertThat(page.locator(".u-cursor-x:not(.u-off)")).hasCount(6);
        page.mouse().move(0, 0);
        assertThat(page.locator(".chart-newest")).hasCount(6);
        Locator slider = panel(page, "service").locator("[role=slider]");
        slider.focus();
        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");
        assertThat(panel(page, "lag").locator(".chart-at dd"))
                .hasText("Jan 1, " + CLOCK.format(began.plusSeconds(20 - began.getEpochSecond() % 20)));
        assertThat(page.locator(".chart-at dd").allTextContents())
                .containsOnly(panel(page, "lag").locator(".chart-at dd").textContent());
        assertThat(slider).hasAttribute("aria-valuenow", "2");
        assertThat(slider)
                .hasAttribute("aria-valuetext", Pattern.compile("^Jan 1, .+: median .+ ms, .+longest .+ ms$"));
        page.keyboard().press("PageUp");
        assertThat(slider).hasAttribute("aria-valuenow", "12");
        screen.present("charts-cursor-light-1440"); // a picture of all of the page may move the pointer
        page.keyboard().press("Escape");
        assertThat(page.locator(".chart-newest")).hasCount(6);
        screen.presentEveryWay("charts-one");
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void draggingZoomsAllAndBackLeadsBack() {
        Screen screen = open(whole("&member=S1"), 1000, ColorScheme.DARK);
        Page page = screen.page;
        drawn(page, "service", "lag");
        String before = page.url();
        BoundingBox plot = panel(page, "service").locator(".u-over").boundingBox();
        page.mouse().move(plot.x + plot.width * 0.40, plot.y + 40);
        page.mouse().down();
        page.mouse().move(plot.x + plot.width * 0.45, plot.y + 60);
        page.mouse().move(plot.x + plot.width * 0.55, plot.y + 60);
        page.mouse().up();
        page.waitForURL(Pattern.compile("#charts\\?.*from=").asPredicate().and(url -> !url.equals(before)));
        String zoomed = page.url();
        assertThat(page.locator(".charts-intro")).containsText("in steps of 2 s");
        assertThat(page.locator(".charts-incidents li")).hasCount(1);
        drawn(page, "service", "lag");
        screen.present("charts-zoomed-dark-1000");
        panel(page, "lag").locator("[role=slider]").focus();
        page.keyboard().press("+");
        assertThat(page).not().hasURL(zoomed);
        page.goBack();
        assertThat(page).hasURL(zoomed);
        page.goBack();
        assertThat(page).hasURL(before);
        assertThat(page.locator(".charts-intro")).containsText("in steps of 20 s");
        page.locator(".charts-reset").click();
        assertThat(page).hasURL(Pattern.compile("#charts\\?member=S1&last=1h$"));
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void theTableHasTheFiguresOfTheChart() throws Exception {
        String query = "member=S1&from=" + minute(38) + "&to=" + minute(41);
        Screen screen = open("charts?" + query, 1440, ColorScheme.LIGHT);
        Page page = screen.page;
        panel(page, "service").locator(".chart-toggle").click();
        panel(page, "loss").locator(".chart-toggle").click();
        JsonObject asked = new JsonObject(lived.ask("GET", "/-/api/v1/history?metric=service&step=2s&" + query, "")
                .body());
        JsonObject s1 = asked.getJsonArray("members").getJsonObject(0);
        List<Number> failed = known(s1.getJsonArray("failed"));
        assertThat(failed).extracting(Number::intValue).contains(0, 1);
        List<String> lost =
                failed.reversed().stream().map(n -> n.intValue() * 100 + " %").toList();
        assertThat(panel(page, "loss").locator("tbody td:nth-child(2)")).hasText(lost.toArray(String[]::new));
        List<Number> medians = known(s1.getJsonArray("p50Millis"));
        DecimalFormat milli = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
        assertThat(panel(page, "service").locator("tbody tr")).hasCount(medians.size());
        assertThat(panel(page, "service")
                        .locator("tbody tr")
                        .last()
                        .locator("td")
                        .first())
                .hasText(milli.format(medians.getFirst()) + " ms");
        screen.present("charts-table-light-1440");
        page.evaluate("hash => { location.hash = hash; }", whole("&member=S1"));
        assertThat(panel(page, "service").locator("caption")).containsText("in steps of 30 s");
        assertThat(panel(page, "service").locator("tbody tr").count()).isBetween(140, 200);
        screen.wasQuiet();
        screen.close();
    }

    private static List<Number> known(JsonArray figures) {
        return figures.stream().filter(n -> n != null).map(n -> (Number) n).toList();
    }

    @Test
    void allMembersAreLinesAndAnyRangeCanBeAskedFor() {
        Screen screen = open("charts?from=" + minute(0) + "&to=" + minute(MINUTES), 1440, ColorScheme.LIGHT);
        Page page = screen.page;
        drawn(page, "service95", "host95", "requests", "took95", "lag");
        assertThat(panel(page, "host95").locator(".chart-legend dt"))
                .hasText(new String[] {"newest", "S1", "S2", "gw", "db"});
        screen.present("charts-all-light-1440");
        page.locator(".charts-lasts a").getByText("6 h").click();
        assertThat(page).hasURL(Pattern.compile("#charts\\?last=6h$"));
        assertThat(page.locator(".charts-lasts [aria-current=true]")).hasText("6 h");
        page.locator("input[name=member]").fill("S2");
        page.keyboard().press("Enter");
        assertThat(page.locator(".charts-intro h2")).hasText("S2");
        assertThat(page).hasURL(Pattern.compile("#charts\\?member=S2&last=6h$"));
        page.locator("input[name=from]").fill("2026-01-01T03:00:01");
        page.locator("input[name=to]").fill("2026-01-01T02:00:01");
        page.locator(".charts-custom button").click();
        assertThat(page.locator(".charts-wrong")).containsText("at least two seconds");
        page.locator("input[name=to]").fill("2026-01-01T03:00:03");
        page.locator(".charts-custom button").click();
        assertThat(page).hasURL(Pattern.compile("from=2026-01-.*&to=2026-01-"));
        page.locator(".charts-lasts a").getByText("Zoom out").click();
        page.locator(".charts-scale").click();
        assertThat(page).hasURL(Pattern.compile("scale=linear"));
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void inGermanAndInTheReadersZone() {
        Screen screen = Screen.show(
                chromium.page(new Browser.NewContextOptions()
                        .setLocale("de-DE")
                        .setTimezoneId("Asia/Tokyo")
                        .setViewportSize(320, 900)
                        .setColorScheme(ColorScheme.DARK)),
                lived.uri("http", "").toString());
        Page page = charts(screen, whole("&member=S1")).page;
        drawn(page, "service", "requests");
        assertThat(page.locator("#chart-service")).hasText("Antwortzeiten des Dienstes");
        assertThat(page.locator("#sum-service")).containsText(Pattern.compile("\\d,\\d+ ms"));
        assertThat(page.locator("input[name=from]")).hasValue(Pattern.compile("2026-01-01T10:"));
        screen.present("charts-german-dark-320");
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void whatThereIsNotIsSaidCalmly() throws Exception {
        Screen screen =
                open("charts?member=S1&from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:02Z", 1440, ColorScheme.LIGHT);
        Page page = screen.page;
        assertThat(page.locator(".chart-note").getByText("Nothing was counted in this time."))
                .hasCount(1);
        assertThat(page.locator("canvas")).hasCount(0);
        screen.present("charts-empty-light-1440");
        page.evaluate("location.hash = 'charts?member=<img src=x onerror=alert(1)>'");
        assertThat(page.locator(".chart-fault")).containsText("nothing is known of `<img");
        screen.present("charts-unknown-light-1440");
        page.route(
                "**/api/v1/history?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setBody("{\"error\":\"the database does not answer: <b>locked</b>\"}")));
        page.evaluate("location.hash = 'charts?member=S1&last=15m'");
        assertThat(page.locator(".chart-fault"))
                .containsText("asking goes on. the database does not answer: <b>locked</b>");
        page.unroute("**/api/v1/history?*");
        page.evaluate("location.hash = 'charts?member=S1&last=1h'");
        assertThat(page.locator("canvas").first()).isVisible();
        assertThat(page.locator(".chart-fault")).hasCount(0);
        screen.wasQuiet(LOADING + "400", LOADING + "503");
        screen.close();
        try (Site site = new Site(Fleets.twoUp())) {
            screen = charts(
                    chromium.open("http://127.0.0.1:" + site.server.port(), 1440, 900, ColorScheme.LIGHT, 1), "charts");
            assertThat(screen.page.locator(".chart-fault")).containsText("remembers nothing");
            screen.wasQuiet(LOADING + "404");
            screen.close();
        }
    }
}

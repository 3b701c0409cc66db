package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents, the detection record and past moments in a real Chromium, over a history that really came about. */
@Tag("browser")
final class IncidentsBrowserTest {
    private static final Path PICTURES = Path.of("target/screenshots");

    @TempDir
    private static Path directory;

    private static Chromium chromium;
    private static Lived lived;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        lived = new Lived(directory, Chronicle::fill);
    }

    @AfterAll
    static void stop() {
        lived.close();
        chromium.close();
    }

    private static Screen open(String language) {
        String origin = "http://127.0.0.1:" + lived.server.port();
        return chromium.open(origin, language, "Europe/Berlin");
    }

    private static void go(Screen screen, String hash) {
        screen.page.evaluate("(hash) => { location.hash = hash; }", hash);
    }

    private static Locator row(Page page, String text) {
        return page.locator("eg-incidents .inc-row")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    @Test
    void theListSaysWhatHappenedAndHowSoonThatWasNoticed() {
        Screen screen = open("en-GB");
        Page page = screen.page;
        go(screen, "incidents?last=90d");
        assertThat(page.locator("eg-incidents .inc-row")).hasCount(10);
        assertThat(page.locator("eg-incidents .inc-row").nth(1)).containsText("S1 froze");
        assertThat(page.locator("eg-incidents .inc-row").nth(1)).containsText("in 0.64 s of 2.2 s promised");
        assertThat(page.locator("eg-incidents .inc-row").nth(1)).containsText("No request lost.");
        assertThat(page.locator("eg-incidents .inc-row").nth(1)).containsText("alice takes care");
        assertThat(row(page, "▲ late")).containsText("late: in 8.05 s, promised 1.4 s");
        assertThat(row(page, "◇ drill")).containsText("S1 froze");
        assertThat(row(page, "▨ planned work")).containsText("S1 stopped listening");
        assertThat(row(page, "31 requests failed")).containsText("nobody served");
        screen.presentEveryWay("incidents");
        page.locator(".chip").getByText("only open").click();
        assertThat(page.locator("eg-incidents .inc-row")).hasCount(2);
        assertThat(page).hasURL(Pattern.compile("#incidents\\?last=90d&open=true$"));
        page.locator(".seg a").getByText("24 h").click();
        assertThat(page.locator("eg-incidents .inc-row")).hasCount(2);
        go(screen, "incidents?from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z");
        assertThat(page.locator("eg-incidents .calm")).containsText("No incident on 1 Feb 2026.");
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void olderOnesAreAskedForAndNewOnesComeByThemselves(@TempDir Path elsewhere) throws Exception {
        try (Lived often = new Lived(elsewhere, IncidentRoutesTest::failsOften)) {
            Screen screen = chromium.open("http://127.0.0.1:" + often.server.port(), "en-GB", "Europe/Berlin");
            Locator rows = screen.page.locator("eg-incidents .inc-row");
            go(screen, "incidents");
            for (int shown = 25; shown < IncidentRoutesTest.MANY; shown += 25) {
                assertThat(rows).hasCount(1 + shown);
                screen.page.getByText("Older ones").click();
            }
            assertThat(rows).hasCount(1 + IncidentRoutesTest.MANY);
            assertThat(screen.page.getByText("Older ones")).hasCount(0);
            often.down("S2");
            often.second();
            often.stored();
            assertThat(rows.nth(1)).containsText("✕ open");
            rows.nth(1).locator("a").click();
            assertThat(screen.page.locator(".one-marks")).containsText("open");
            assertThat(screen.page.locator("#one-title")).isFocused();
            often.up("S2");
            often.stored();
            assertThat(screen.page.locator(".one-marks")).containsText("over");
            screen.wasQuiet();
            screen.close();
        }
    }

    @Test
    void oneIncidentIsToldAndSpokenAboutAndPrinted() {
        Screen screen = open("en-GB");
        Page page = screen.page;
        go(screen, "incidents?last=90d");
        row(page, "31 requests failed").locator("a").click();
        assertThat(page.locator("#one-title")).hasText("S1 stopped listening");
        assertThat(page.locator(".one-facts")).containsText("31 requests failed of 31 that met it");
        assertThat(page.locator(".steps tbody tr")).hasCount(6);
        assertThat(page.locator(".timeline .proof").first()).hasAttribute("lang", "en");
        assertThat(page.locator(".timeline a").first())
                .hasAttribute("href", Pattern.compile("^#past\\?at=2026-03-11T"));
        note(page, "wrong");
        assertThat(page.locator("eg-say .said")).containsText("the token is missing or wrong");
        page.locator("[data-field=token]").fill(Lived.TOKEN);
        screen.present("incident-note");
        page.locator("[data-field=token]").press("Enter");
        assertThat(page.locator("eg-say .said")).containsText("Done");
        assertThat(page.locator(".remark").last()).hasText(Chronicle.NASTY);
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.title()).isNotEqualTo("owned");
        page.locator("[data-say=acknowledge]").click();
        assertThat(page.locator("[data-field=token]")).hasCount(0);
        page.locator("eg-say .confirm").click();
        assertThat(page.locator(".one-marks")).containsText("bob takes care");
        screen.presentEveryWay("incident");
        printed(page);
        screen.wasQuiet("Failed to load resource: the server responded with a status of 401");
        screen.close();
    }

    private static void note(Page page, String token) {
        page.locator("[data-say=note]").click();
        page.locator("eg-say .confirm").click();
        assertThat(page.locator("eg-say .said")).hasText("A note needs a text.");
        page.locator("eg-say textarea").fill(Chronicle.NASTY);
        page.locator("[data-field=by]").fill("bob");
        page.locator("[data-field=token]").fill(token);
        page.locator("eg-say .confirm").click();
    }

    private static void printed(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.setViewportSize(794, 1123);
        for (String gone : new String[] {"header", ".verdict", "eg-say", ".one-tools"}) {
            assertThat(page.locator(gone).first()).isHidden();
        }
        assertThat(page.locator("footer.print-only")).containsText("#incidents?id=");
        assertThat(page.locator("footer.print-only")).containsText("Printed 12 Mar 2026");
        assertThat(page.locator(".one")).hasCSS("background-color", "rgb(255, 255, 255)");
        assertThat(page.locator(".proof").last()).isVisible();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve("incident-print.png"))
                .setFullPage(true));
        assertThat(page.pdf(new Page.PdfOptions().setFormat("A4")).length).isGreaterThan(10_000);
    }

    @Test
    void whatIsNotThereIsSaid() {
        Screen screen = open("en-GB");
        go(screen, "incidents?id=7-none");
        assertThat(screen.page.locator("eg-incident .calm")).containsText("There is no incident 7-none.");
        go(screen, "past?at=2025-06-01T00:00:00Z");
        assertThat(screen.page.locator(".then-verdict")).containsText("Nothing is known of this moment");
        screen.present("past-unknown");
        screen.wasQuiet("Failed to load resource: the server responded with a status of 404");
        screen.close();
    }

    @Test
    void whereNothingIsRememberedEveryViewSaysSo() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            String origin = "http://127.0.0.1:" + site.server.port();
            Screen screen = chromium.open(origin, 1024, 800, ColorScheme.DARK, 1);
            for (String view : new String[] {"incidents", "record", "past"}) {
                go(screen, view);
                assertThat(screen.page.locator("eg-" + view + " .calm").first()).containsText("history.enabled");
            }
            screen.present("no-history");
            go(screen, "incidents?id=7-1");
            assertThat(screen.page.locator("eg-incident .calm")).containsText("history.enabled");
            screen.wasQuiet("Failed to load resource: the server responded with a status of 404");
            screen.close();
        }
    }

    @Test
    void theRecordIsHonest() {
        Screen screen = open("en-GB");
        Page page = screen.page;
        go(screen, "record");
        assertThat(page.locator("eg-record .rec-lead").last())
                .containsText("8 failures, noticed in 0.05 s by median. ▲ 1 later than promised.");
        assertThat(page.locator("eg-record .rec-lead").last()).containsText("1 drill is not counted.");
        assertThat(page.locator(".detections tbody tr")).hasCount(4);
        assertThat(page.locator(".detections tbody tr").nth(1)).containsText("frozen");
        assertThat(page.locator(".budget tbody tr").first()).containsText("Pool");
        assertThat(page.locator(".budget tbody tr").nth(1)).containsText(Pattern.compile("it is gone in \\d+ days"));
        assertThat(page.locator(".days-row")).hasCount(5);
        Locator s1 = page.locator(".days-row").nth(2).locator("[role=slider]");
        s1.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(s1).hasAttribute("aria-valuetext", Pattern.compile("^11 Mar 2026: .*down for 4 min"));
        assertThat(page.locator(".days-said")).containsText("11 Mar 2026");
        page.locator("summary").click();
        assertThat(page.locator(".days-foot tbody tr")).hasCount(90);
        page.locator("summary").click();
        screen.presentEveryWay("record");
        s1.focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("#incidents\\?from=2026-03-10T23"));
        assertThat(page.locator("eg-incidents .inc-row")).hasCount(3);
        go(screen, "record?last=24h");
        assertThat(page.locator("eg-record .rec-lead").last()).containsText("1 failure, noticed in 0.64 s");
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void anyMomentIsShownAndNeverTakenForNow() {
        Screen screen = open("en-GB");
        Page page = screen.page;
        go(screen, "past?at=2026-03-11T03:03:30.000Z&window=24h");
        assertThat(page.locator("#then-title")).hasText("This is the past: 04:03:30 on 11 Mar 2026");
        assertThat(page.locator(".then-verdict")).containsText("Nobody was up");
        assertThat(page.locator(".then-open a")).hasCount(2);
        assertThat(page.locator(".then-table tbody tr").first()).containsText("DOWN");
        screen.presentEveryWay("past");
        Locator slider = page.locator("input[type=range]");
        slider.focus();
        page.keyboard().press("PageDown");
        assertThat(page.locator(".then-verdict")).containsText("2 of 2 members were up");
        assertThat(page.locator("#then-title")).containsText("04:01:50");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#then-title")).containsText("04:02:00");
        assertThat(page).hasURL(Pattern.compile("at=2026-03-11T03%3A02%3A00"));
        page.getByText("Next event").click();
        assertThat(page.locator("#then-title")).containsText("04:03:2");
        assertThat(page.locator(".then-table tbody tr").first()).containsText("SUSPECT");
        page.getByText("Previous event").click();
        assertThat(page.locator("#then-title")).containsText("7 Mar 2026");
        page.locator("input[type=datetime-local]").fill("2026-02-15T03:53:30");
        page.locator("input[type=datetime-local]").blur();
        assertThat(page.locator("#then-title")).containsText("15 Feb 2026");
        page.getByText("Back to now").click();
        assertThat(page.locator("eg-past")).hasCount(0);
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void inGerman() {
        Screen screen = open("de-DE");
        Page page = screen.page;
        go(screen, "incidents?last=90d");
        assertThat(page.locator("eg-incidents .inc-row").nth(1)).containsText("S1 fror ein");
        go(screen, "record");
        assertThat(page.locator("eg-record .rec-lead").last()).containsText("8 Ausfälle, im Median in 0,05 s bemerkt.");
        screen.present("record-german");
        go(screen, "past?at=2026-03-11T03:03:30.000Z");
        assertThat(page.locator("#then-title")).containsText("Das ist die Vergangenheit: 04:03:30 am 11.03.2026");
        screen.wasQuiet();
        screen.close();
    }
}

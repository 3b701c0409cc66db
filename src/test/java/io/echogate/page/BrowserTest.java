package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.echogate.clock.Clock;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;
import io.echogate.model.Beat;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Timing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page in a real Chromium. Pictures of it are left under {@code target/screenshots}. */
@Tag("browser")
final class BrowserTest {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String NASTY = "<img src=x onerror=\"document.title='owned'\">";

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> console = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();

    @BeforeAll
    static void start() {
        String node = System.getenv().getOrDefault("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node)));
        String chromium = System.getenv().getOrDefault("ECHOGATE_CHROMIUM", "/usr/bin/chromium");
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(FLAGS));
    }

    @AfterAll
    static void stop() {
        browser.close();
        playwright.close();
    }

    private Page open(Site site, int width, int height, ColorScheme scheme) {
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE))
                .newPage();
        page.onConsoleMessage(m -> console.add(m.text()));
        page.onPageError(console::add);
        page.onRequest(r -> {
            if (!r.url().startsWith(site.uri("/").toString()) && !r.url().startsWith("data:")) {
                elsewhere.add(r.url());
            }
        });
        page.navigate(site.uri("/-/").toString());
        assertThat(page.locator("eg-member")).hasCount(site.fleet().members().size());
        return page;
    }

    private void quiet(Page page) {
        assertThat(console).as("console").isEmpty();
        assertThat(elsewhere).as("requests to elsewhere").isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no horizontal scrolling")
                .isTrue();
        page.context().close();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static LocatorAssertions verdict(Page page) {
        return assertThat(page.locator(".verdict"));
    }

    private static Instant now() {
        return Clock.system().now();
    }

    private static Member up(int index, String name) {
        Instant now = now();
        return Fleets.member(
                index,
                name,
                State.UP,
                Cause.NONE,
                "answers as expected",
                now.minusSeconds(754),
                Fleets.strip(now, 60, Outcome.ANSWERED));
    }

    private static Fleet start(Member... members) {
        return Fleets.publish(7, 1, now(), false, new Icmp(Icmp.Mode.DATAGRAM, ""), List.of(members), List.of());
    }

    private static Fleet freeze(Fleet before, Instant since) {
        Fleet next = Fleets.with(before, Fleets.frozen(0, before.at(0).name(), since), now());
        return Fleets.happened(
                next,
                before.at(0).name(),
                State.SUSPECT,
                State.DOWN,
                Cause.FROZEN,
                "3 questions in a row were acknowledged and not answered",
                "question 812: acknowledged by its kernel, silent for 800 ms",
                "question 813: acknowledged by its kernel, silent for 800 ms",
                "ICMP: answered in 0.16 ms");
    }

    @Test
    void aFreezeShowsWithoutReloading() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            Tally served = site.meters.newLoop().tally(Metric.REQUESTS, "S1", "2xx");
            Page page = open(site, 1440, 900, ColorScheme.LIGHT);
            verdict(page).containsText("Both members serve");
            verdict(page).containsText("requests go to S1");
            served.add(24);
            verdict(page).containsText("requests/s");
            assertThat(page.locator("eg-member").first()).containsText("UP");
            assertThat(page.locator("[role=log] li")).hasCount(0);
            picture(page, "well-light");
            page.evaluate("window.sameDocument = true");

            site.publish(Fleets.happened(
                    Fleets.with(
                            site.fleet(),
                            Fleets.member(
                                    0,
                                    "S1",
                                    State.SUSPECT,
                                    Cause.SLOW,
                                    "no answer after 200 ms",
                                    now(),
                                    Fleets.strip(now(), 60, Outcome.ANSWERED)),
                            now()),
                    "S1",
                    State.UP,
                    State.SUSPECT,
                    Cause.SLOW,
                    "no answer after 200 ms"));
            verdict(page).containsText("S1 in doubt");
            picture(page, "doubt-light");
            site.publish(freeze(site.fleet(), now().minusSeconds(4)));
            verdict(page).containsText("S1 frozen for 4 s: accepts connections and never answers");
            verdict(page).containsText("S2 answers instead");
            assertThat(page.locator("eg-member").first()).containsText("DOWN");
            assertThat(page.locator("eg-member").nth(1)).containsText("serves now");
            assertThat(page.locator("[role=log] > ol > li")).hasCount(2);
            assertThat(page.locator("[role=status]")).containsText("S1 frozen");
            assertThat(page.title()).contains("✕ S1 frozen");
            page.locator("[role=log] summary").first().click();
            assertThat(page.locator(".evidence").first()).containsText("question 812");
            assertThat((Boolean) page.evaluate("window.sameDocument")).isTrue();
            picture(page, "frozen-light");
            page.locator("[data-theme-toggle]").click();
            picture(page, "frozen-dark");
            page.reload();
            verdict(page).containsText("S1 frozen");
            assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
            quiet(page);
        }
    }

    @Test
    void agesTickAndSilenceIsStale() throws Exception {
        Site site = new Site(start(up(0, "S1"), up(1, "S2")));
        try {
            Page page = open(site, 1440, 900, ColorScheme.DARK);
            verdict(page).containsText("Both members serve");
            picture(page, "well-dark");
            Instant before = now();
            site.server.close();
            verdict(page).containsText("STALE: no data for");
            assertThat(now()).isBefore(before.plusMillis(3_500));
            verdict(page).containsText("for 4 s");
            assertThat(page.title()).contains("STALE");
            picture(page, "stale-dark");
            Fleet later = Fleets.publish(
                    8, 1, now(), false, site.fleet().icmp(), List.of(up(0, "S1"), up(1, "S2"), up(2, "S3")), List.of());
            try (PageServer again =
                    PageServer.start(Site.config(site.server.port()), Clock.system(), site.meters, () -> later, null)) {
                verdict(page).containsText("All 3 members serve");
                again.onFleet(Fleets.isolated(later, true, now()));
                verdict(page).containsText("ISOLATED");
            }
            page.context().close();
        } finally {
            site.close();
        }
    }

    @Test
    void aNarrowScreenHoldsEverythingAndTheKeyboardDoesToo() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "a-member-with-quite-a-long-name.rack-17.example")))) {
            Page page = open(site, 320, 700, ColorScheme.LIGHT);
            site.publish(freeze(site.fleet(), now().minusSeconds(75)));
            verdict(page).containsText("S1 frozen for 1 min");
            page.locator(".member-toggle").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".member-details").first()).containsText("acknowledged by its kernel");
            picture(page, "narrow-light");
            page.keyboard().press("Enter");
            assertThat(page.locator(".member-details").first()).isHidden();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator(".member-toggle").nth(1)).isFocused();
            quiet(page);
            Page dark = open(site, 320, 700, ColorScheme.DARK);
            verdict(dark).containsText("S1 frozen");
            picture(dark, "narrow-dark");
            quiet(dark);
        }
    }

    @Test
    void textOfMembersIsShownAndNotRun() throws Exception {
        List<Beat> strip = Fleets.strip(now(), 60, Outcome.WRONG);
        Member nasty = Fleets.member(0, NASTY, State.DOWN, Cause.WRONG_ANSWER, NASTY, now().minusSeconds(9), strip);
        Fleet fleet = Fleets.happened(start(nasty), NASTY, State.UP, State.DOWN, Cause.WRONG_ANSWER, NASTY, NASTY);
        try (Site site = new Site(
                Fleets.icmp(fleet, new Icmp(Icmp.Mode.NONE, "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"")))) {
            Page page = open(site, 1024, 800, ColorScheme.LIGHT);
            verdict(page).containsText("Nobody serves");
            assertThat(page.locator(".notice")).containsText("sysctl -w net.ipv4.ping_group_range");
            page.locator(".member-toggle").click();
            assertThat(page.locator(".member-details")).containsText(NASTY);
            assertThat(page.locator("img")).hasCount(0);
            assertThat(page.title()).isNotEqualTo("owned");
            picture(page, "nobody-no-icmp");
            quiet(page);
        }
    }

    @Test
    void manyMembersOnAWallAndIsolation() throws Exception {
        Member[] members = new Member[20];
        for (int i = 0; i < members.length; i++) {
            members[i] = up(i, "S" + (i + 1));
        }
        members[3] = Fleets.frozen(3, "S4", now().minusSeconds(31));
        members[7] = Fleets.member(
                7,
                "S8",
                State.RECOVERING,
                Cause.PORT_CLOSED,
                "answered once, must do so twice",
                now().minusSeconds(1),
                Fleets.strip(now(), 40, Outcome.REFUSED));
        members[9] = Fleets.member(9, "S10", State.UNKNOWN, Cause.NONE, "not asked yet", now(), List.of());
        try (Site site = new Site(start(members))) {
            Page wall = open(site, 3840, 2160, ColorScheme.DARK);
            verdict(wall).containsText("S4 frozen for");
            picture(wall, "wall-dark");
            quiet(wall);
            Page page = open(site, 1440, 900, ColorScheme.DARK);
            site.publish(Fleets.isolated(site.fleet(), true, now()));
            verdict(page).containsText("ISOLATED: it is us");
            picture(page, "isolated-dark");
            quiet(page);
        }
    }

    @Test
    void rightAfterTheStart() throws Exception {
        Member first = Fleets.member(0, "S1", State.UNKNOWN, Cause.NONE, "not asked yet", now(), List.of());
        try (Site site = new Site(start(first))) {
            Page page = open(site, 1440, 900, ColorScheme.LIGHT);
            verdict(page).containsText("Asking for the first time");
            picture(page, "start-light");
            for (int i = 0; i < 8; i++) {
                List<Beat> beats = new ArrayList<>(Fleets.strip(now(), i + 1, Outcome.ANSWERED));
                beats.set(i / 2, new Beat(beats.get(i / 2).at(), Outcome.LATE, Timing.UNREACHED));
                Member up = Fleets.member(0, "S1", State.UP, Cause.NONE, "well", now(), beats);
                site.publish(Fleets.with(site.fleet(), up, now()));
            }
            verdict(page).containsText("S1 serves");
            quiet(page);
        }
    }

    @Test
    void aGapIsNoticedAndAskedAboutOnce() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            Page page = open(site, 1024, 800, ColorScheme.LIGHT);
            Object told = page.evaluate("""
                    async () => {
                      const root = document.querySelector('script[type=module]').src.replace('app.js', '');
                      const { Model } = await import(root + 'model.js');
                      const strips = { host: { t: [], o: '', r: [], whole: true }, service: { t: [5, 1], o: 'AS', r: [7, -1], whole: true } };
                      const member = { name: 'S1', since: '2026-01-01T00:00:00.000Z', strips };
                      const at = '2026-01-01T00:00:01.000Z';
                      const rest = { at, now: at, isolated: false, members: [member], events: [], rates: { members: {} } };
                      const first = { type: 'snapshot', epoch: 1, seq: 5, outcomes: { A: 'ANSWERED', S: 'SILENT' }, ...rest };
                      const change = (epoch, prev, seq) => ({ type: 'change', epoch, prev, seq, ...rest });
                      const model = new Model();
                      const early = model.take(change(1, 4, 5), 0);
                      model.take(first, 0);
                      const beats = model.members[0].serviceBeats.map((b) => `${b.at} ${b.outcome} ${b.millis}`);
                      return [
                        early,
                        beats.join(),
                        model.take(change(1, 5, 8), 10),
                        model.take(change(1, 5, 8), 20),
                        model.take(change(1, 9, 10), 30),
                        model.take({ type: 'beat', epoch: 1, seq: 9, now: at, rates: {} }, 30),
                        model.take({ type: 'beat', epoch: 1, seq: 8, now: at, rates: {} }, 30),
                        model.take(change(2, 8, 9), 30),
                        model.stale(2000),
                        model.stale(3000),
                      ].join('|');
                    }
                    """);
            assertThat(told).isEqualTo("false|5 ANSWERED 0.007,6 SILENT null|true|true|false|false|true|false||2970");
            quiet(page);
        }
    }
}

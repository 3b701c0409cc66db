package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.echogate.clock.Clock;
import io.echogate.config.HistoryRules;
import io.echogate.history.History;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;
import io.echogate.model.Ask;
import io.echogate.model.Beat;
import io.echogate.model.Cause;
import io.echogate.model.Drill;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page in a real Chromium. Pictures of it are left under {@code target/screenshots}. */
@Tag("browser")
final class BrowserTest {
    private static final String NASTY = "<img src=x onerror=\"document.title='owned'\">";

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    private static Screen open(Site site, int width, int height, ColorScheme scheme) {
        return open(site, width, height, scheme, 1);
    }

    private static Screen open(Site site, int width, int height, ColorScheme scheme, double zoom) {
        String origin = "http://127.0.0.1:" + site.server.port();
        Screen screen = chromium.open(origin, width, height, scheme, zoom);
        assertThat(screen.page.locator("eg-member"))
                .hasCount(Math.toIntExact(site.fleet().everybody().count()));
        return screen;
    }

    private static void quiet(Screen screen) {
        screen.wasQuiet();
        screen.close();
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
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("Both members serve");
            screen.verdict().containsText("requests go to S1");
            await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
                served.add(24);
                return page.locator(".verdict").textContent().contains("requests/s");
            });
            assertThat(page.locator("eg-member").first()).containsText("UP");
            assertThat(page.locator("[role=log] li")).hasCount(0);
            screen.present("well-light");
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
            screen.verdict().containsText("S1 in doubt");
            screen.present("doubt-light");
            site.publish(freeze(site.fleet(), now().minusSeconds(4)));
            screen.verdict()
                    .containsText(Pattern.compile("S1 frozen for \\d+ s: accepts connections and never answers"));
            screen.verdict().containsText("S2 answers instead");
            assertThat(page.locator("eg-member").first()).containsText("DOWN");
            assertThat(page.locator("eg-member").nth(1)).containsText("serves now");
            assertThat(page.locator("[role=log] > ol > li")).hasCount(2);
            assertThat(page.locator("[role=status]")).containsText("S1 frozen");
            assertThat(page.title()).contains("✕ S1 frozen");
            assertThat(page.locator("[role=log] .when").first()).hasAttribute("href", Pattern.compile("#past\\?at=.*"));
            page.locator("[role=log] summary").first().click();
            assertThat(page.locator(".evidence").first()).containsText("question 812");
            assertThat((Boolean) page.evaluate("window.sameDocument")).isTrue();
            screen.present("frozen-light");
            page.locator("[data-theme-toggle]").click();
            screen.present("frozen-dark");
            page.reload();
            screen.verdict().containsText("S1 frozen");
            assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
            quiet(screen);
        }
    }

    @Test
    void anOperatorDrainsAMemberWithAReasonASecondThoughtAndTheToken() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("requests go to S1");
            page.locator(".member-toggle").first().click();
            page.locator("eg-orders button").getByText("Drain").click();
            assertThat(site.counter.given)
                    .as("nothing before the second thought")
                    .isEmpty();
            page.locator("[data-field=why]").fill("<img src=x onerror=alert(1)> version 2");
            page.locator("[data-field=by]").fill("alice");
            page.locator("[data-field=token]").fill("wrong");
            page.locator("eg-orders .confirm").click();
            assertThat(page.locator("eg-orders .said")).containsText("the token is missing or wrong");
            assertThat(site.counter.given).isEmpty();
            page.locator("[data-field=token]").fill(Site.TOKEN);
            screen.present("order-light");
            page.locator("[data-field=token]").press("Enter");
            assertThat(page.locator("eg-orders .said")).containsText("Done");
            Order order = site.counter.given.getFirst().order();
            assertThat(order.by()).isEqualTo("alice");
            assertThat(order.intent()).isEqualTo(Intent.DRAIN);
            site.counter.running = 3;
            site.publish(Fleets.ordered(site.fleet(), 0, order));
            assertThat(page.locator("eg-member .order").first())
                    .containsText("drain by alice: <img src=x onerror=alert(1)> version 2 (3 still run)");
            screen.verdict().containsText("S1 drained by alice");
            page.locator("eg-orders button").getByText("Ready").click();
            assertThat(page.locator("[data-field=token]")).hasCount(0);
            screen.present("drained-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            screen.present("drained-dark");
            screen.close();
        }
    }

    @Test
    void aDrillIsUnmistakableAndReportedWhereItWasGiven() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            page.locator(".member-toggle").first().click();
            page.locator("eg-orders button").getByText("Drill").click();
            page.locator("[data-field=mode]").selectOption("refuse");
            page.locator("[data-field=why]").fill(NASTY);
            page.locator("[data-field=by]").fill("alice");
            page.locator("[data-field=token]").fill(Site.TOKEN);
            screen.present("drill-order-light");
            page.locator("eg-orders .confirm").click();
            assertThat(page.locator("eg-orders .said")).containsText("Done");
            Drill drill = site.counter.drilled.getFirst().drill();
            assertThat(drill.mode()).isEqualTo(Drill.Mode.REFUSE);
            assertThat(Duration.between(drill.since(), drill.until())).isEqualTo(Duration.ofSeconds(30));

            site.counter.report = DrillsTest.report(drill, false);
            site.publish(Fleets.drilled(site.fleet(), drill));
            assertThat(page.locator(".drill"))
                    .containsText(Pattern.compile("Drill: S1 is treated as refusing connections until [0-9:]{8},"));
            assertThat(page.locator(".drill")).containsText(", by alice: " + NASTY + "; S1 itself is not touched");
            assertThat(page.locator(".drill-badge")).hasCount(1);
            assertThat(page.locator("eg-member").first()).containsText("◇drill");
            assertThat(page).hasTitle(Pattern.compile("◇ Drill · .*"));
            assertThat(page.locator(".drill-report")).containsText("not yet");
            screen.presentEveryWay("drill");

            page.locator("eg-orders button").getByText("End drill").click();
            page.locator("eg-orders .confirm").click();
            await().pollInSameThread().until(() -> site.counter.ended.contains("S1 by alice"));
            site.counter.report = DrillsTest.report(drill, true);
            site.publish(Fleets.drilled(site.fleet(), null));
            assertThat(page.locator(".drill")).hasCount(0);
            assertThat(page.locator(".drill-badge")).hasCount(0);
            assertThat(page.locator(".drill-report")).containsText("180: 178 answered elsewhere, 2 failed");
            assertThat(page.locator(".drill-report")).containsText("2 s after the end");
            screen.presentEveryWay("drill-report");
            screen.wasNeverReloaded();
            screen.wasQuiet("[DOM] Password field is not contained in a form");
            screen.close();
        }
    }

    @Test
    void agesTickAndSilenceIsStale() throws Exception {
        Site site = new Site(start(up(0, "S1"), up(1, "S2")));
        try {
            Screen screen = open(site, 1440, 900, ColorScheme.DARK);
            Page page = screen.page;
            screen.verdict().containsText("Both members serve");
            screen.present("well-dark");
            site.server.close();
            screen.verdict().containsText("STALE: no data for");
            screen.verdict().containsText(Pattern.compile("for ([4-9]|\\d\\d+) s|for \\d+ min"));
            assertThat(page.title()).contains("STALE");
            screen.present("stale-dark");
            Fleet later = Fleets.publish(
                    8, 1, now(), false, site.fleet().icmp(), List.of(up(0, "S1"), up(1, "S2"), up(2, "S3")), List.of());
            try (History history = withoutDatabase(site, later);
                    PageServer again = PageServer.start(
                            Site.config(site.server.port()),
                            Clock.system(),
                            site.meters,
                            () -> later,
                            site.control,
                            Requests.NONE,
                            Site.INSIGHT,
                            history,
                            null)) {
                screen.verdict().containsText("All 3 members serve");
                assertThat(page.locator(".notice")).containsText("History is not being stored");
                screen.presentEveryWay("history-waiting");
                again.onFleet(Fleets.isolated(later, true, now()));
                screen.verdict().containsText("ISOLATED");
            }
            screen.close();
        } finally {
            site.close();
        }
    }

    private static History withoutDatabase(Site site, Fleet first) {
        HistoryRules usual = HistoryRules.DEFAULT;
        HistoryRules nowhere = new HistoryRules(
                true,
                "jdbc:sqlite:/no/such/directory/history.db",
                null,
                null,
                usual.tiers(),
                usual.events(),
                usual.objectivePercent());
        return History.begin(nowhere, Path.of("unused"), Clock.system(), site.meters, first, known -> {})
                .store();
    }

    @Test
    void aNarrowScreenHoldsEverythingAndTheKeyboardDoesToo() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "a-member-with-quite-a-long-name.rack-17.example")))) {
            Screen screen = open(site, 320, 700, ColorScheme.LIGHT);
            Page page = screen.page;
            site.publish(freeze(site.fleet(), now().minusSeconds(75)));
            screen.verdict().containsText("S1 frozen for 1 min");
            page.locator(".member-toggle").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".member-details").first()).containsText("acknowledged by its kernel");
            screen.present("narrow-light");
            page.keyboard().press("Enter");
            assertThat(page.locator(".member-details").first()).isHidden();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator(".member-toggle").nth(1)).isFocused();
            quiet(screen);
            Screen dark = open(site, 320, 700, ColorScheme.DARK);
            dark.verdict().containsText("S1 frozen");
            dark.present("narrow-dark");
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
            Screen screen = open(site, 1024, 800, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("Nobody serves");
            assertThat(page.locator(".notice")).containsText("sysctl -w net.ipv4.ping_group_range");
            page.locator(".member-toggle").click();
            assertThat(page.locator(".member-details")).containsText(NASTY);
            assertThat(page.locator("img")).hasCount(0);
            assertThat(page.title()).isNotEqualTo("owned");
            screen.present("nobody-no-icmp");
            quiet(screen);
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
            Screen wall = open(site, 3840, 2160, ColorScheme.DARK);
            wall.verdict().containsText("S4 frozen for");
            wall.present("wall-dark");
            quiet(wall);
            Screen screen = open(site, 1440, 900, ColorScheme.DARK);
            site.publish(Fleets.isolated(site.fleet(), true, now()));
            screen.verdict().containsText("ISOLATED: it is us");
            quiet(screen);
            screen = open(site, 720, 450, ColorScheme.LIGHT, 2);
            screen.verdict().containsText("ISOLATED");
            screen.present("isolated-zoom-200");
            quiet(screen);
        }
    }

    @Test
    void whoIsWatchedHasATableUnderTheMembers() throws Exception {
        Member gateway = Fleets.watched(2, "gw", Ask.ICMP, State.UP, Cause.NONE);
        Fleet fleet = Fleets.watching(
                start(up(0, "S1"), up(1, "S2")),
                gateway,
                Fleets.watched(3, "db", Ask.TCP, State.UP, Cause.NONE),
                Fleets.watched(4, "mail", Ask.HTTP, State.UP, Cause.NONE));
        try (Site site = new Site(fleet)) {
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            assertThat(page.locator(".watched eg-member")).hasCount(3);
            assertThat(page.locator(".watched eg-member").first()).containsText("by ICMP alone");
            assertThat(page.locator(".watched eg-member").first()).not().containsText("service");
            site.publish(Fleets.watching(
                    site.fleet(),
                    gateway,
                    Fleets.watched(3, "db", Ask.TCP, State.DOWN, Cause.PORT_CLOSED),
                    site.fleet().watched().getLast()));
            assertThat(page.locator(".watched eg-member").nth(1)).containsText("nobody listens on the port");
            screen.verdict().containsText("Both members serve");
            for (int i = 0; i < 3; i++) {
                page.locator(".watched .member-toggle").nth(i).click();
            }
            assertThat(page.locator(".watched .member-details").first()).containsText("gets no requests");
            assertThat(page.locator(".watched eg-orders")).hasCount(0);
            screen.presentEveryWay("watched");
            quiet(screen);
        }
    }

    @Test
    void isolatedIsSaidEveryWay() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            site.publish(Fleets.isolated(site.fleet(), true, now()));
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            screen.verdict().containsText("ISOLATED: it is us");
            screen.presentEveryWay("isolated");
            quiet(screen);
        }
    }

    @Test
    void rightAfterTheStart() throws Exception {
        Member first = Fleets.member(0, "S1", State.UNKNOWN, Cause.NONE, "not asked yet", now(), List.of());
        try (Site site = new Site(start(first))) {
            Screen screen = open(site, 1440, 900, ColorScheme.LIGHT);
            screen.verdict().containsText("Asking for the first time");
            screen.present("start-light");
            for (int i = 0; i < 8; i++) {
                List<Beat> beats = new ArrayList<>(Fleets.strip(now(), i + 1, Outcome.ANSWERED));
                beats.set(i / 2, new Beat(beats.get(i / 2).at(), Outcome.LATE, Timing.UNREACHED));
                Member up = Fleets.member(0, "S1", State.UP, Cause.NONE, "well", now(), beats);
                site.publish(Fleets.with(site.fleet(), up, now()));
            }
            screen.verdict().containsText("S1 serves");
            quiet(screen);
        }
    }

    @Test
    void aGapIsNoticedAndAskedAboutOnce() throws Exception {
        try (Site site = new Site(start(up(0, "S1"), up(1, "S2")))) {
            Screen screen = open(site, 1024, 800, ColorScheme.LIGHT);
            Page page = screen.page;
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
            quiet(screen);
        }
    }
}

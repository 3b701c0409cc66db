package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.echogate.clock.Clock;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Failure;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Try;
import io.echogate.model.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The panel that tells why, in a real Chromium. Pictures of it are left under {@code target/screenshots}. */
@Tag("browser")
final class WhyBrowserTest {
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

    private static Instant now() {
        return Clock.system().now().truncatedTo(ChronoUnit.MILLIS);
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

    private static Fleet fleet(Member... members) {
        return Fleets.publish(7, 1, now(), false, new Icmp(Icmp.Mode.DATAGRAM, ""), List.of(members), List.of());
    }

    /** S1 froze four seconds ago, and S2 is well. */
    private static Fleet frozen() {
        Instant since = now().minusSeconds(4);
        String day = since.minusMillis(600).toString().substring(11, 19);
        Fleet all = fleet(Fleets.frozen(0, "S1", since), up(1, "S2"));
        return Fleets.happened(
                all,
                "S1",
                State.SUSPECT,
                State.DOWN,
                Cause.FROZEN,
                "3 questions in a row were acknowledged by its kernel and not answered",
                day + "Z HTTP #812 SILENT: connected in 0.2 ms, request acknowledged, no answer within 800 ms",
                day + ".812Z HTTP #813 SILENT: connected in 0.2 ms, request acknowledged, no answer within 800 ms",
                "as it was written " + NASTY);
    }

    private static Try tried(String member, Failure.@Nullable Kind failure, long millis) {
        long none = RequestTrace.NONE;
        long first = failure == null ? 2_000_000 : none;
        return new Try(member, 100, 400_000, first, millis * 1_000_000, false, false, failure);
    }

    private static RequestTrace request(int id, String path, long millis, boolean answered, Try... tries) {
        return new RequestTrace(
                id,
                Clock.system().nanos(),
                "10.0.0.7",
                "GET",
                path,
                answered ? 200 : 502,
                answered ? RequestTrace.Result.ELSEWHERE : RequestTrace.Result.FAILED,
                answered ? tries[tries.length - 1].member() : null,
                millis * 1_000_000,
                80,
                120,
                List.of(tries));
    }

    private static Screen open(Site site, int width, String who) {
        String origin = "http://127.0.0.1:" + site.server.port();
        Screen screen = chromium.open(origin, width, 900, ColorScheme.LIGHT, 1);
        expand(screen.page, who);
        return screen;
    }

    private static void expand(Page page, String who) {
        Locator toggle = page.locator(".member-toggle")
                .filter(new Locator.FilterOptions().setHasText(who))
                .first();
        toggle.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("eg-why .waterfall")).isVisible();
    }

    private static void quiet(Screen screen) {
        assertThat(screen.page.title()).doesNotContain("owned");
        screen.wasNeverReloaded();
        screen.wasQuiet();
        screen.close();
    }

    @Test
    void aFrozenMemberTellsWhatWasHeardWhatItTouchedAndWhatToDo() throws Exception {
        try (Site site = new Site(frozen())) {
            for (int i = 0; i < 16; i++) {
                site.kept.ended.add(request(
                        i,
                        "/orders/" + i,
                        200 + i,
                        true,
                        tried("S1", Failure.Kind.DOUBTED, 198),
                        tried("S2", null, 3 + i)));
            }
            site.kept.ended.add(request(
                    16,
                    "/" + NASTY,
                    1_214,
                    true,
                    tried("S1", Failure.Kind.FIRST_BYTE_TIMEOUT, 1_200),
                    tried("S2", null, 14)));
            site.kept.ended.add(request(17, "/plain", 2, true, tried("S1", null, 2)));
            Screen screen = open(site, 1440, "S1");
            Page page = screen.page;
            Locator why = page.locator("eg-why");
            assertThat(why.locator("h3"))
                    .containsText(Pattern.compile("S1 accepts connections and never answers: frozen for \\d+ s"));
            assertThat(why.locator(".why-advice")).containsText("docker unpause");
            assertThat(why.locator(".why-chain li")).hasCount(6);
            assertThat(why.locator(".why-chain li").first()).containsText("HTTP #812: no answer");
            assertThat(why.locator(".why-chain li").nth(2)).containsText(NASTY);
            assertThat(why.locator(".why-concluded"))
                    .containsText(Pattern.compile("suspect → down", Pattern.CASE_INSENSITIVE));
            assertThat(why.locator(".why-chain li").nth(4)).containsText("Now: 57 of the last 60 questions");
            assertThat(why.locator(".wf-row")).hasCount(12);
            assertThat(why.locator(".wf-bad")).hasCount(3);
            assertThat(why.locator(".wf-row").first()).containsText("no answer");
            assertThat(why.locator(".wf-row").first()).containsText("> 800 ms");
            assertThat(why.locator(".wf-row").first().locator("rect.lost")).hasCount(1);
            assertThat(why)
                    .containsText(
                            "17 requests failed here, and all were answered by S2 instead, the longest in 1.21 s.");
            assertThat(why).containsText("1 more did not fail there.");
            assertThat(why.locator(".why-requests > li")).hasCount(8);
            assertThat(why.locator(".why-requests > li").first()).containsText(NASTY);
            assertThat(why.locator(".why-requests > li").first()).containsText("answered by S2 · 200 · 1.21 s");
            assertThat(why.locator(".why-tries").first())
                    .containsText(Pattern.compile("S1: no answer in time · 1.2 s.*S2: answered"));
            noticed(page);
            screen.presentEveryWay("why-frozen");
            why.locator(".why-more").last().press("Enter");
            assertThat(why.locator(".why-requests > li")).hasCount(17);
            page.keyboard().press("Escape");
            quiet(screen);
        }
    }

    /** How it was noticed comes with the stream; here it is put where the stream puts it. */
    private static void noticed(Page page) {
        assertThat(page.locator(".why-promises")).containsText("2.2 s");
        page.evaluate("""
                () => {
                  const why = document.querySelector('eg-why');
                  const at = new Date(why.member.sinceMillis);
                  why.model.incidents = [{ id: '7-1', members: ['S1'], namedAt: at.toISOString(), endedAt: null,
                    leftAt: new Date(at - 600).toISOString(), detectionMillis: 1010, promisedMillis: 2200,
                    requests: { met: 17, elsewhere: 17, failed: 0 } }];
                  why.requestUpdate();
                }
                """);
        assertThat(page.locator("eg-why")).containsText("Noticed in 1.01 s, promised within 2.2 s.");
        assertThat(page.locator("eg-why")).containsText("17 requests met it: 17 answered by others, 0 lost.");
        assertThat(page.locator(".why-bars li")).hasCount(4);
        assertThat(page.locator(".why-bars li").nth(2)).containsText("410 ms");
    }

    @Test
    void aWellMemberIsCalmAndPromisesHowSoonItsFailureIsNoticed() throws Exception {
        try (Site site = new Site(fleet(up(0, "S1"), up(1, "S2")))) {
            Screen screen = open(site, 1440, "S1");
            Page page = screen.page;
            Locator why = page.locator("eg-why");
            assertThat(why.locator("h3")).containsText("S1 answers as expected, for 12 min");
            assertThat(why.locator(".why-advice")).hasCount(0);
            assertThat(why.locator(".why-promises tbody tr")).hasCount(6);
            assertThat(why.locator(".why-promises")).containsText("2.2 s");
            assertThat(why).containsText("No name to look up");
            assertThat(why).containsText("No request has been tried on it lately.");
            assertThat(why.locator(".wf-bad, .wf-late")).hasCount(0);
            screen.presentEveryWay("why-well");
            page.setViewportSize(1440, 900);
            why.locator(".why-more").press("Enter");
            assertThat(why.locator(".wf-row")).hasCount(60);
            site.publish(Fleets.with(
                    site.fleet(),
                    Fleets.member(
                            0,
                            "S1",
                            State.DOWN,
                            Cause.PORT_CLOSED,
                            "refused",
                            now(),
                            Fleets.strip(now(), 60, Outcome.REFUSED))));
            assertThat(why.locator("h3")).containsText("nobody listens on its port");
            assertThat(why.locator(".wf-bad")).hasCount(60);
            assertThat(why.locator(".why-advice")).containsText("systemctl status");
            quiet(screen);
        }
    }

    @Test
    void whoIsWatchedByIcmpHasNoServiceAndAMissingAnswerIsSaid() throws Exception {
        Fleet base = fleet(up(0, "S1"), up(1, "S2"), up(2, "S3"));
        try (Site site =
                new Site(Fleets.watching(base, Fleets.watched(3, NASTY, Ask.ICMP, State.DOWN, Cause.HOST_SILENT)))) {
            Screen screen = open(site, 1440, NASTY);
            Page page = screen.page;
            Locator why = page.locator("eg-why");
            assertThat(why.locator("h3")).containsText(NASTY + " is silent");
            assertThat(why.locator(".why-promises tbody tr")).hasCount(2);
            assertThat(why.locator(".wf-row")).hasCount(12);
            assertThat(why.locator(".wf-row").first().locator("[role=cell]")).hasCount(4);
            assertThat(why.locator("eg-orders")).hasCount(0);
            screen.presentEveryWay("why-watched");
            page.locator(".member-toggle").last().press("Enter");
            page.route("**/api/v1/requests?**", route -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
            expand(page, "S3");
            assertThat(why).containsText("shown on the admin address only");
            assertThat(why).containsText(Pattern.compile("looked up apart from the questions: 3\\.2 ms, \\d+ s ago"));
            screen.wasNeverReloaded();
            screen.close();
        }
    }

    @Test
    void itSpeaksGermanAndOrdersDoToo() throws Exception {
        try (Site site = new Site(frozen())) {
            Screen screen = open(site, 1440, "S1");
            Page page = screen.page;
            page.evaluate("localStorage.setItem('echogate-language', 'de')");
            page.reload();
            expand(page, "S1");
            Locator why = page.locator("eg-why");
            assertThat(why.locator("h3")).containsText("S1 nimmt Verbindungen an und antwortet nie");
            assertThat(why.locator(".why-chain [lang=en]").first()).containsText("acknowledged");
            why.locator("eg-orders button").first().click();
            assertThat(why.locator(".confirmation")).containsText("S1 leerlaufen lassen");
            assertThat(why.locator("[data-field=why]")).isFocused();
            screen.present("why-german");
            page.keyboard().press("Escape");
            assertThat(why.locator(".confirmation")).hasCount(0);
            screen.close();
        }
    }
}

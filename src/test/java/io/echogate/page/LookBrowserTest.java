package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.echogate.clock.Clock;
import io.echogate.model.Beat;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.HostView;
import io.echogate.model.Icmp;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Finding one's way in a large fleet, in another language, on a wall; in a real Chromium. */
@Tag("browser")
final class LookBrowserTest {
    private static final int MANY = 1_000;

    private static final String SEEN = """
            () => {
              const at = document.activeElement;
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              return style.outlineStyle === 'solid' && style.outlineWidth === '2px' && box.right > 0 && box.width > 0;
            }
            """;

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    private static Screen open(Site site, String language, int width, int height, ColorScheme scheme) {
        return chromium.open("http://127.0.0.1:" + site.server.port(), language, width, height, scheme);
    }

    private static Member up(int index, String name) {
        Instant now = Clock.system().now();
        return Fleets.member(
                index,
                name,
                State.UP,
                Cause.NONE,
                "answers as expected",
                now.minusSeconds(3_600 + index),
                Fleets.strip(now, 60, Outcome.ANSWERED));
    }

    private static Fleet fleet(int members) {
        Instant now = Clock.system().now();
        List<Member> all = IntStream.range(0, members)
                .mapToObj(i ->
                        i == members - 3 ? Fleets.frozen(i, "S" + (i + 1), now.minusSeconds(4)) : up(i, "S" + (i + 1)))
                .toList();
        return Fleets.publish(7, 1, now, false, new Icmp(Icmp.Mode.DATAGRAM, ""), all, List.of());
    }

    private static Locator names(Screen screen) {
        return screen.page.locator("eg-member .name");
    }

    @Test
    void aThousandMembersOfWhomOnlyThoseInSightAreDrawn() throws Exception {
        try (Site site = new Site(fleet(MANY))) {
            Screen screen = open(site, "en-GB", 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("S998 frozen for");
            screen.verdict().containsText("999 of 1,000 serve");
            assertThat(names(screen).first()).hasText("S998");
            assertThat(names(screen).count()).isBetween(20, 100);
            assertThat(page.locator("eg-block")).hasCount(MANY / 10);
            assertThat(page.locator("[role=table]")).hasAttribute("aria-rowcount", "1001");
            screen.presentWindow("thousand-light");

            double height = ((Number) page.evaluate("document.documentElement.scrollHeight")).doubleValue();
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
            assertThat(names(screen).last()).hasText("S1000");
            assertThat(names(screen).last()).isInViewport();
            assertThat(names(screen).count()).isBetween(20, 100);
            assertThat(page.locator(".member-row").last()).hasAttribute("aria-rowindex", "1001");
            assertThat(((Number) page.evaluate("document.documentElement.scrollHeight")).doubleValue())
                    .as("gaps are as high as what they stand for")
                    .isBetween(height * 0.9, height * 1.1);
            screen.presentWindow("thousand-end-light");

            page.locator("input[type=search]").fill("s77 UP");
            assertThat(page.locator(".shown")).hasText("11 of 1,000");
            page.locator("input[type=search]").fill("<img src=x onerror=alert(1)>");
            assertThat(page.locator(".none-found")).containsText("Nobody matches \"<img src=x onerror=alert(1)>\".");
            screen.wasQuiet();
            screen.close();
        }
    }

    @Test
    void membersAreFoundSortedAndGroupedAndFocusStays() throws Exception {
        try (Site site = new Site(fleet(12))) {
            Screen screen = open(site, "en-US", 1440, 900, ColorScheme.DARK);
            Page page = screen.page;
            assertThat(names(screen)).hasCount(12);
            assertThat(names(screen).first()).hasText("S10");
            page.locator("eg-members .check input").first().uncheck();
            assertThat(names(screen).first()).hasText("S1");
            page.locator("eg-members select").selectOption("newest");
            assertThat(names(screen).first()).hasText("S10");
            page.locator("eg-members select").selectOption("name");
            assertThat(names(screen).nth(1)).hasText("S2");
            page.locator("input[type=search]").fill("frozen");
            assertThat(names(screen)).hasCount(1);
            page.locator("input[type=search]").fill("");
            page.locator(".member-toggle").nth(9).focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".member-details").nth(9)).isVisible();
            page.locator("eg-members .check input").first().check();
            assertThat(page.locator(".member-details").first()).isVisible();
            screen.wasQuiet();
            screen.close();
        }
    }

    /** From the top of the page by Tab alone: the ways to the views, each member, what happened; and one sees where one is. */
    @Test
    void theKeyboardReachesEverythingVisibly() throws Exception {
        try (Site site = new Site(Fleets.happened(
                fleet(3), "S1", State.UP, State.DOWN, Cause.FROZEN, "acknowledged and not answered", "question 812"))) {
            Screen screen = open(site, "en-GB", 1440, 900, ColorScheme.DARK);
            screen.verdict().containsText("S1 frozen");
            List<String> reached = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                screen.page.keyboard().press("Tab");
                assertThat((Boolean) screen.page.evaluate(SEEN))
                        .as("step %s is seen", i)
                        .isTrue();
                reached.add((String) screen.page.evaluate("document.activeElement.tagName"));
            }
            assertThat(String.join(" ", reached))
                    .as("skip, brand, five views, wall, language, theme; the members; the log, a moment, its evidence")
                    .isEqualTo("A A A A A A A A SELECT BUTTON BUTTON BUTTON BUTTON DIV A SUMMARY");
            screen.page.locator(".skip").focus();
            screen.page.keyboard().press("Enter");
            assertThat(screen.page.locator("main")).isFocused();
            screen.wasQuiet();
            screen.close();
        }
    }

    @Test
    void aMachineThatIsOffAndNamesOfAnyLength() throws Exception {
        Instant now = Clock.system().now();
        String name = "a-member-with-quite-a-long-name.rack-17.row-4.datacentre-frankfurt.example";
        List<Beat> silent = Fleets.strip(now, 60, Outcome.SILENT);
        Member off = Fleets.member(
                0, name, State.DOWN, Cause.HOST_SILENT, "machine off or cut off", now.minusSeconds(62), silent);
        HostView host = new HostView(State.DOWN, Timing.UNREACHED, 100, now, Strip.of(silent));
        List<Member> all = List.of(Fleets.with(off, host, off.service()), up(1, name + ".second"));
        try (Site site = new Site(Fleets.publish(7, 1, now, false, new Icmp(Icmp.Mode.DATAGRAM, ""), all, List.of()))) {
            Screen screen = open(site, "en-GB", 1440, 900, ColorScheme.LIGHT);
            screen.verdict().containsText("silent for 1 min: machine off or cut off");
            assertThat(screen.page.locator("eg-member .echo-trip.failed")).hasCount(2);
            screen.presentEveryWay("machine-off");
            screen.wasQuiet();
            screen.close();
        }
    }

    /** A page that stood open while the monitor was replaced asks for files that the newer one does not have. */
    @Test
    void aViewThatCannotBeFetchedSaysSoAndIsAskedForAgain() throws Exception {
        try (Site site = new Site(fleet(3))) {
            Screen screen = open(site, "en-GB", 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("S1 frozen");
            page.route("**/record.js", route -> route.abort());
            page.locator("nav a[href='#record']").click();
            assertThat(page.locator(".notice")).containsText("This view could not be fetched");
            screen.present("view-not-fetched-light");
            page.unroute("**/record.js");
            page.locator(".notice .reload").click();
            assertThat(page.locator("eg-record")).isVisible();
            screen.close();
        }
    }

    @Test
    void itSpeaksTheReadersLanguage() throws Exception {
        try (Site site = new Site(fleet(3))) {
            Screen screen = open(site, "de-AT", 1440, 900, ColorScheme.LIGHT);
            Page page = screen.page;
            screen.verdict().containsText("S1 eingefroren seit");
            screen.verdict().containsText("2 von 3 bedienen");
            assertThat((String) page.evaluate("document.documentElement.lang")).isEqualTo("de");
            screen.presentEveryWay("german");
            page.locator(".language").selectOption("en");
            screen.verdict().containsText("S1 frozen for");
            page.reload();
            screen.verdict().containsText("S1 frozen for");
            assertThat((String) page.evaluate("document.documentElement.lang")).isEqualTo("en");
            screen.wasQuiet();
            screen.close();
        }
    }

    @Test
    void aWallShowsTheWholeFleetAndNothingToPress() throws Exception {
        try (Site site = new Site(fleet(24))) {
            Screen screen = open(site, "en-GB", 1920, 1080, ColorScheme.DARK);
            Page page = screen.page;
            screen.verdict().containsText("S22 frozen for");
            page.locator("a[href='#wall']").click();
            assertThat(page.locator(":root")).hasClass("wall");
            assertThat(page.locator("nav")).isHidden();
            assertThat(page.locator(".tools").first()).isHidden();
            screen.present("wall-kiosk-dark");
            page.setViewportSize(3840, 2160);
            screen.present("wall-kiosk-4k-dark");
            page.keyboard().press("Escape");
            assertThat(page.locator("nav")).isVisible();
            screen.wasQuiet();
            screen.close();
        }
    }
}

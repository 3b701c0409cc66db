package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.echogate.config.StatusRules;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public page in a real browser, in the states that the public may find it in. */
@Tag("browser")
final class StatusBrowserTest {
    private static final StatusRules RULES = PublicSite.rules(
            PublicSite.one("Web shop", "S1", "S2"),
            PublicSite.one("Database", "S3"),
            PublicSite.one("Mail", "S4"),
            PublicSite.one("Payment provider with a name that is too long for a line", "S5"));

    private static Chromium chromium;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    private static Member[] members(State... states) {
        return IntStream.range(0, 9)
                .mapToObj(i -> PublicSite.member(
                        i, i < states.length ? states[i] : State.UP, PublicSite.NOW.minusSeconds(250L * (i + 1))))
                .toArray(Member[]::new);
    }

    private static Path past() throws Exception {
        Path file = directory.resolve("history.db");
        try (PublicSite.Seeds seeds = PublicSite.remember(file, PublicSite.NOW.minus(Duration.ofDays(70)))) {
            seeds.failed(3, PublicSite.NOW.minus(Duration.ofDays(33)), Duration.ofHours(7));
            seeds.failed(3, PublicSite.NOW.minus(Duration.ofDays(4)), Duration.ofMinutes(3));
            seeds.failed(4, PublicSite.NOW.minus(Duration.ofDays(9)), Duration.ofMinutes(50));
            seeds.failed(4, PublicSite.NOW.minus(Duration.ofDays(4)).plusSeconds(9_000), Duration.ofSeconds(40));
            seeds.stood(5, PublicSite.NOW.minus(Duration.ofDays(12)), "UP", "MAINTENANCE");
            seeds.stood(5, PublicSite.NOW.minus(Duration.ofDays(11)), "UP", "READY");
        }
        return file;
    }

    private static void known(PublicSite site) {
        await().until(() -> {
            site.later(Duration.ofSeconds(2), false, members());
            return !site.get(site.open() + "/-/status/status.json").body().contains("\"days\":null");
        });
    }

    private static void show(Screen screen, PublicSite site, String name) {
        site.clock.advance(Duration.ofSeconds(2));
        String uri = site.open() + "/-/status?still";
        if (screen.page.url().equals(uri)) {
            screen.page.reload(); // the browser may keep it for some seconds
        } else {
            screen.page.navigate(uri);
        }
        screen.present(name);
    }

    @Test
    void inEveryState() throws Exception {
        try (PublicSite site = new PublicSite(RULES, past(), members());
                Screen screen = chromium.open(site.open(), 1440, 900, ColorScheme.LIGHT, 1)) {
            known(site);
            show(screen, site, "status-well-light-1440");
            screen.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            show(screen, site, "status-well-dark-1440");
            screen.page.setViewportSize(320, 800);
            show(screen, site, "status-well-dark-320");
            site.later(Duration.ofSeconds(2), false, members(State.DOWN, State.UP, State.DOWN, State.SUSPECT));
            show(screen, site, "status-down-dark-320");
            screen.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            screen.page.setViewportSize(1440, 900);
            show(screen, site, "status-down-light-1440");
            assertThat(screen.page.locator(".headline p").first().textContent())
                    .isEqualTo("Database has been down for 12 min");
            screen.page.locator("summary").first().click();
            assertThat(screen.page.locator("details[open] li").first().isVisible())
                    .isTrue();
            screen.present("status-days-light-1440");
            site.later(Duration.ofSeconds(2), true, members(State.DOWN, State.UP, State.DOWN, State.DOWN));
            show(screen, site, "status-isolated-light-1440");
            screen.page.setExtraHTTPHeaders(Map.of("Accept-Language", "de"));
            site.later(Duration.ofSeconds(2), false, members(State.DOWN, State.UP, State.DOWN));
            show(screen, site, "status-german-light-1440");
            screen.page.setViewportSize(3840, 2160);
            show(screen, site, "status-german-light-3840");
            screen.wasQuiet("Failed to load resource");
        }
    }

    @Test
    void withManyComponentsAndWithoutAPast() throws Exception {
        StatusRules thirty = PublicSite.rules(IntStream.rangeClosed(1, 30)
                .mapToObj(i -> PublicSite.one("Service " + i, "S" + (i % 9 + 1)))
                .toArray(StatusRules.Component[]::new));
        try (PublicSite site = new PublicSite(thirty, members());
                Screen screen = chromium.open(site.open(), 1440, 900, ColorScheme.LIGHT, 1)) {
            show(screen, site, "status-thirty-light-1440");
            assertThat(screen.page.locator(".components > li").count()).isEqualTo(30);
        }
        Path file = directory.resolve("empty.db");
        try (PublicSite.Seeds seeds = PublicSite.remember(file, PublicSite.NOW.minusSeconds(60))) {
            seeds.stood(1, PublicSite.NOW.minusSeconds(30), "UP", "READY");
        }
        try (PublicSite site = new PublicSite(RULES, file, members(State.UNKNOWN));
                Screen screen = chromium.open(site.open(), 1440, 900, ColorScheme.LIGHT, 1)) {
            known(site);
            show(screen, site, "status-empty-light-1440");
            screen.page.setContent(Arrays.stream(Seen.Word.values())
                    .map(w -> Badge.of("Web shop", w.code(), Badge.tone(w)) + "<br>")
                    .reduce("<main><h1>Badges</h1>", String::concat)
                    .concat(Badge.of("Web shop 30d", "99.98%", Badge.Tone.GOOD)
                            + Badge.of("ÄÖÜ 日本語", "down", Badge.Tone.BAD)));
            screen.page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/status-badges.png")));
        }
    }
}

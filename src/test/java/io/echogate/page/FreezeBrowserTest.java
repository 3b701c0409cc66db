package io.echogate.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real machines, a real monitor and a real browser: a process is frozen with SIGSTOP and the page says so by itself, in
 * dark and in light, on a wide and on a narrow screen.
 */
@Tag("browser")
final class FreezeBrowserTest {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private RealProcess s1;
    private RealProcess s2;
    private RealProcess monitor;
    private Screen screen;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        s1 = machine(directory, "S1", "127.0.0.11");
        s2 = machine(directory, "S2", "127.0.0.12");
        Path config = directory.resolve("echogate.yaml");
        Files.writeString(
                config, """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                page: true
                pollFreq: 1s
                stateDir: %s
                members:
                  - {name: S1, url: "http://127.0.0.11:%d"}
                  - {name: S2, url: "http://127.0.0.12:%d"}
                """.formatted(directory.resolve("state"), port(s1, "127.0.0.11"), port(s2, "127.0.0.12")));
        monitor = keep(RealProcess.start(directory.resolve("monitor.log"), "monitor", "--config", config.toString()));
        Chromium chromium = keep(Chromium.start());
        String origin = "http://127.0.0.1:" + monitor.awaitPort("monitor_listening clients=/127.0.0.1:");
        screen = chromium.open(origin, 1440, 900, ColorScheme.LIGHT, 1);
        screen.verdict().containsText("Both members serve");
    }

    private RealProcess machine(Path directory, String name, String host) throws IOException {
        return keep(RealProcess.start(
                directory.resolve(name + ".log"), "machine", "--name", name, "--listen", host + ":0"));
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private static int port(RealProcess machine, String host) {
        return machine.awaitPort("machine_listening address=/" + host + ":");
    }

    @AfterEach
    void end() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Test
    void aFrozenServiceShowsWithoutReloading() {
        Locator rows = screen.page.locator("eg-member");
        assertThat(rows.first()).containsText("UP");
        screen.verdict().containsText("no requests");
        screen.presentEveryWay("well");

        s1.freeze();
        screen.verdict().containsText("S1 frozen");
        screen.verdict().containsText("accepts connections and never answers");
        screen.verdict().containsText("S2 answers instead");
        assertThat(rows.first()).containsText("DOWN");
        assertThat(rows.nth(1)).containsText("serves now");
        Pattern conviction =
                Pattern.compile("S1\\s.*SUSPECT.*DOWN.*accepts connections and never answers", Pattern.DOTALL);
        Locator event = screen.page
                .locator("[role=log] > ol > li", new Page.LocatorOptions().setHasText(conviction))
                .first();
        event.locator("summary").click();
        assertThat(event.locator(".evidence")).containsText("request acknowledged, no answer within 800 ms");
        screen.verdict().containsText(Pattern.compile("noticed in [0-9.]+ m?s, no request lost"));
        screen.presentEveryWay("frozen");

        s2.freeze();
        screen.verdict().containsText("Nobody serves");
        screen.verdict().containsText("S2 frozen");
        screen.presentEveryWay("nobody");

        s1.thaw();
        s2.thaw();
        screen.verdict().containsText("Both members serve");
        screen.wasNeverReloaded();
        screen.wasQuiet();
    }

    /** From the row to why, to the incident, to the moment, to the charts and the record, by the page's own links. */
    @Test
    void aFailureIsToldInEveryView() {
        Page page = screen.page;
        page.setViewportSize(1440, 900);
        s1.freeze();
        screen.verdict().containsText("noticed in");
        page.locator(".member-toggle").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("eg-why")).containsText("no answer");
        assertThat(page.locator("eg-why")).containsText("promised");
        screen.present("story-why");
        page.keyboard().press("Escape");
        assertThat(page.locator("eg-why")).hasCount(0);
        assertThat(page.locator(".member-toggle").first()).isFocused();

        assertThat(page.locator("nav .open-count")).containsText("1");
        page.locator("nav a[href='#incidents']").click();
        page.locator("eg-incidents a[href^='#incidents?id=']").first().click();
        assertThat(page.locator("eg-incidents h2").first()).containsText("S1");
        screen.present("story-incident");
        page.locator("eg-incidents a[href^='#past?at=']").first().click();
        assertThat(page.locator("eg-past")).containsText("This is the past");
        assertThat(page.locator("eg-past [role=table], eg-past table").first()).containsText("S1");
        screen.present("story-past");
        page.locator("nav a[href='#charts']").click();
        assertThat(page.locator("eg-charts canvas").first()).isVisible();
        screen.present("story-charts");
        page.locator("nav a[href='#record']").click();
        assertThat(page.locator("eg-record")).containsText("Detection record");
        screen.present("story-record");
        s1.thaw();
        screen.verdict().containsText("Both members serve");
        page.goBack();
        assertThat(page.locator("eg-charts canvas").first()).isVisible();
        assertThat((Boolean) page.evaluate("window.sameDocument === true"))
                .as("the document that was loaded at first")
                .isTrue();
        screen.wasQuiet();
    }

    /** A browser that waits long for the frozen monitor says so in the console by itself; no page can prevent that. */
    @Test
    void aFrozenMonitorIsStaleUntilItGoesOn() {
        monitor.freeze();
        screen.verdict().containsText("STALE: no data for");
        assertThat(screen.page.locator("main.is-stale")).isVisible();
        assertThat(screen.page.title()).contains("STALE");
        screen.presentEveryWay("stale");

        monitor.thaw();
        screen.verdict().containsText("Both members serve");
        assertThat(screen.page).hasTitle("Echogate");
        screen.wasNeverReloaded();
        screen.wasQuiet("WebSocket connection to ");
    }
}

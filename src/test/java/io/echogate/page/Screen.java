package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One window with the page in it, which remembers everything that the page must never do: write to the console, ask
 * anybody but its own origin, load itself again.
 */
final class Screen implements AutoCloseable {
    private static final int[] WIDTHS = {320, 1440};
    private static final int HEIGHT = 900;
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String AXE = resource("/axe.min.js");

    /** Every rule of WCAG 2.2 up to AA, and good practice. What axe finds, as one line each. */
    private static final String FINDINGS = """
            async () => {
              const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const found = await axe.run(document, { runOnly: { type: 'tag', values } });
              if (found.passes.length < 20) {
                return ['axe checked only ' + found.passes.length + ' rules'];
              }
              return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | ')}`);
            }
            """;

    final Page page;

    private final List<String> console = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private int navigations;

    private Screen(Page page) {
        this.page = page;
    }

    static Screen show(Page page, String origin) {
        Screen screen = new Screen(page);
        page.onConsoleMessage(message -> screen.console.add(message.text()));
        page.onPageError(screen.console::add);
        page.onFrameNavigated(frame -> screen.navigations++);
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
                screen.elsewhere.add(request.url());
            }
        });
        page.navigate(origin + "/-/");
        page.evaluate("window.sameDocument = true");
        return screen;
    }

    LocatorAssertions verdict() {
        return PlaywrightAssertions.assertThat(page.locator(".verdict"));
    }

    /** The same in dark and in light, on a wide and on a narrow screen, without loading it again. */
    void presentEveryWay(String state) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                page.evaluate(
                        "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
                present(state + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
            }
        }
    }

    /** A picture of all of the page for the eye; and what can be checked without one. */
    void present(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
        check(name);
    }

    /** The same of what is in the window alone: of a page that is too long for a picture. */
    void presentWindow(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
        check(name);
    }

    private void check(String name) {
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s: no horizontal scrolling", name)
                .isTrue();
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(AXE);
        }
        assertThat((List<?>) page.evaluate(FINDINGS)).as("%s: axe", name).isEmpty();
    }

    /** The page is the one that was loaded at first: pushed to, never loaded again. */
    void wasNeverReloaded() {
        assertThat(navigations).as("navigations").isOne();
        assertThat((Boolean) page.evaluate("window.sameDocument === true"))
                .as("same document")
                .isTrue();
    }

    /** @param unless what a line of the console may begin with */
    void wasQuiet(String... unless) {
        console.removeIf(line -> Stream.of(unless).anyMatch(line::startsWith));
        assertThat(console).as("console").isEmpty();
        assertThat(elsewhere).as("requests to elsewhere").isEmpty();
    }

    private static String resource(String name) {
        try (InputStream in = Screen.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        page.context().close();
    }
}

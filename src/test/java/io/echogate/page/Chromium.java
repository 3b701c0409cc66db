package io.echogate.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The installed Chromium, driven through Playwright; nothing is downloaded. */
final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Far above every promise: speed is measured elsewhere. */
    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        String node = System.getenv().getOrDefault("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node)));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        String chromium = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(chromium))
                .setArgs(FLAGS);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    /**
     * A window of its own with the page in it.
     *
     * @param origin of the page, without a slash at the end
     * @param zoom pixels of the screen per pixel of the page's style
     */
    Screen open(String origin, int width, int height, ColorScheme scheme, double zoom) {
        return show(origin, options(width, height, scheme).setDeviceScaleFactor(zoom));
    }

    /** A window of somebody who reads that language. */
    Screen open(String origin, String language, int width, int height, ColorScheme scheme) {
        return show(origin, options(width, height, scheme).setLocale(language));
    }

    /** A window of somebody who reads that language in that time zone. */
    Screen open(String origin, String language, String zone) {
        return show(
                origin,
                options(1440, 900, ColorScheme.LIGHT).setLocale(language).setTimezoneId(zone));
    }

    private static Browser.NewContextOptions options(int width, int height, ColorScheme scheme) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    private Screen show(String origin, Browser.NewContextOptions options) {
        return Screen.show(browser.newContext(options).newPage(), origin);
    }

    /** An empty page of a reader with a language, a zone and a screen of their own. */
    Page page(Browser.NewContextOptions options) {
        return browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE))
                .newPage();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

package io.echogate.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** First paint of the page, and what its main thread does for each frame while every member changes each second. */
final class PageBrowser {
    private static final int LOADS = 7;
    private static final double WARM_UP_MILLIS = 8_000;
    private static final double TRACED_MILLIS = 12_000;
    private static final String CATEGORIES = "toplevel,devtools.timeline,disabled-by-default-devtools.timeline.frame";
    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime";
    private static final String MEMBERS_DRAWN = "() => document.querySelectorAll('eg-member').length > 0"
            + " && performance.getEntriesByName('first-contentful-paint').length > 0";
    private static final List<String> FLAGS =
            List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking");

    private PageBrowser() {}

    static void measure(PageFleet fleet) {
        Path chromium = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
        String node = System.getenv().getOrDefault("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
        if (!Files.isExecutable(chromium) || !Files.isExecutable(Path.of(node))) {
            PageBench.row(
                    "in Chromium",
                    "",
                    String.format(Locale.ROOT, "not measured: there is no %s or no %s", chromium, node));
            return;
        }
        Map<String, String> env = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node);
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(FLAGS))) {
            firstPaint(fleet, browser);
            work(fleet, browser);
        }
    }

    private static Page open(PageFleet fleet, Browser browser) {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))
                .newPage();
        page.navigate("http://127.0.0.1:" + fleet.admin + "/-/");
        page.waitForFunction(MEMBERS_DRAWN);
        return page;
    }

    /** Each with an empty cache; the first one warms the browser up and is left out. */
    private static void firstPaint(PageFleet fleet, Browser browser) {
        List<Double> painted = new ArrayList<>();
        List<Double> members = new ArrayList<>();
        for (int i = 0; i <= LOADS; i++) {
            Page page = open(fleet, browser);
            if (i > 0) {
                painted.add(((Number) page.evaluate(FIRST_PAINT)).doubleValue());
                members.add(((Number) page.evaluate("() => performance.now()")).doubleValue());
            }
            page.context().close();
        }
        PageBench.row(
                "Chromium: first contentful paint, " + fleet.members + " members, empty cache",
                "< 1 s",
                String.format(
                        Locale.ROOT,
                        "**median %.0f ms**, longest %.0f ms; members there by %.0f ms (%d loads)",
                        Sample.median(painted, d -> d),
                        painted.stream().mapToDouble(d -> d).max().orElseThrow(),
                        Sample.median(members, d -> d),
                        LOADS));
    }

    private static void work(PageFleet fleet, Browser browser) {
        Page page = open(fleet, browser);
        page.waitForTimeout(WARM_UP_MILLIS);
        List<Span> events = trace(page);
        int pid = events.stream()
                .filter(e -> e.name().equals("mark"))
                .map(Span::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the page is not in the trace"));
        List<Span> own = events.stream()
                .filter(e -> e.pid() == pid)
                .sorted(Comparator.comparingDouble(Span::at))
                .toList();
        double[] busy = frames(own, Span::busy);
        double[] lasting = frames(own, Span::lasting);
        PageBench.row(
                "Chromium: main thread's work from one frame to the next, all " + fleet.members
                        + " changing each second",
                "p95 ≤ 8 ms",
                String.format(
                        Locale.ROOT,
                        "processor time p50 %.1f ms, **p95 %.1f ms**, max %.1f ms; by the clock p95 %.1f ms, max %.1f ms"
                                + " (%d frames; %.1f %% of the thread)",
                        percentile(busy, 50),
                        percentile(busy, 95),
                        percentile(busy, 100),
                        percentile(lasting, 95),
                        percentile(lasting, 100),
                        busy.length,
                        100
                                * Arrays.stream(busy).sum()
                                / (own.getLast().at() - own.getFirst().at())));
        page.context().close();
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.max(1, Math.ceilDiv(percent * sorted.length, 100)) - 1];
    }

    /**
     * Of the trace; times in milliseconds.
     *
     * @param lasting by the clock
     * @param busy processor time of its thread in it; by the clock where that is not told
     */
    private record Span(String name, int pid, int tid, double at, double lasting, double busy) {}

    private static List<Span> trace(Page page) {
        List<Span> events = new ArrayList<>();
        boolean[] complete = {false};
        CDPSession cdp = page.context().newCDPSession(page);
        cdp.on("Tracing.dataCollected", data -> spans(data.getAsJsonArray("value"), events));
        cdp.on("Tracing.tracingComplete", data -> complete[0] = true);
        JsonObject start = new JsonObject();
        start.addProperty("categories", CATEGORIES + ",blink.user_timing");
        start.addProperty("transferMode", "ReportEvents");
        // a frame for each refresh of the screen, as when something moves
        page.evaluate("() => { const again = () => requestAnimationFrame(again); again(); }");
        cdp.send("Tracing.start", start);
        page.evaluate("() => performance.mark('mark')");
        page.waitForTimeout(TRACED_MILLIS);
        cdp.send("Tracing.end");
        while (!complete[0]) {
            page.waitForTimeout(50);
        }
        return events;
    }

    private static void spans(JsonArray data, List<Span> into) {
        for (JsonElement element : data) {
            JsonObject e = element.getAsJsonObject();
            String name = e.get("name").getAsString();
            if (name.equals("mark") || name.equals("FireAnimationFrame") || name.endsWith("RunTask")) {
                double lasting = e.has("dur") ? e.get("dur").getAsDouble() / 1e3 : 0;
                into.add(new Span(
                        name,
                        e.get("pid").getAsInt(),
                        e.get("tid").getAsInt(),
                        e.get("ts").getAsDouble() / 1e3,
                        lasting,
                        e.has("tdur") ? e.get("tdur").getAsDouble() / 1e3 : lasting));
            }
        }
    }

    /** For each frame the work of all tasks of the main thread since the frame before it; ascending, milliseconds. */
    private static double[] frames(List<Span> own, ToDoubleFunction<Span> of) {
        int main = own.stream()
                .filter(e -> e.name().equals("FireAnimationFrame"))
                .collect(Collectors.groupingBy(Span::tid, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new IllegalStateException("no frame was drawn"))
                .getKey();
        List<Double> frames = new ArrayList<>();
        double sum = 0;
        double lastFrame = 0;
        double until = 0;
        for (Span e : own) {
            if (e.tid() != main) {
                continue;
            }
            if (e.name().equals("FireAnimationFrame") && e.at() - lastFrame > 4) {
                frames.add(sum);
                sum = 0;
                lastFrame = e.at();
            } else if (e.name().endsWith("RunTask") && e.at() >= until) {
                sum += of.applyAsDouble(e);
                until = e.at() + e.lasting();
            }
        }
        return frames.stream().skip(1).mapToDouble(d -> d).sorted().toArray();
    }
}

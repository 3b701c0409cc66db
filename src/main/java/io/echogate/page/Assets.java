package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, read once from the class path and nothing else: our own, the few of Lit that they import, and uPlot.
 * They live under a path that names their content, so browsers may keep them for ever. Immutable.
 */
final class Assets {
    static final String ROOT = "/-/assets/";
    static final List<String> OWN = List.of(
            "api.js",
            "app.js",
            "archive.js",
            "arrange.js",
            "budget.js",
            "chart-ask.js",
            "chart-build.js",
            "chart-controls.js",
            "chart-incidents.js",
            "chart-panel.js",
            "chart-plot.js",
            "chart-table.js",
            "chart-words.js",
            "charts.css",
            "charts.js",
            "days-row.js",
            "days.js",
            "detections.js",
            "drill-report.js",
            "drill.css",
            "echogate.css",
            "event-log.js",
            "evidence.js",
            "followed.js",
            "i18n.js",
            "icon.svg",
            "incident-line.js",
            "incident-say.js",
            "incident-words.js",
            "incident.js",
            "incidents.css",
            "incidents.js",
            "live.js",
            "log.css",
            "member-block.js",
            "member-details.js",
            "member-list.js",
            "member-orders.js",
            "member-row.js",
            "members.css",
            "messages/de.json",
            "messages/en.json",
            "model.js",
            "noticed.js",
            "operator.js",
            "past-fleet.js",
            "past-slider.js",
            "past-steps.js",
            "past.css",
            "past.js",
            "path-picture.js",
            "path.css",
            "proofs.js",
            "ranges.js",
            "record.css",
            "record.js",
            "remembering.js",
            "route.js",
            "shell.js",
            "status.css",
            "strip.js",
            "theme.js",
            "time.js",
            "verdict.js",
            "wall.css",
            "waterfall.js",
            "when.js",
            "why.css",
            "why.js",
            "words.js");

    /** Import specifier to files below it. */
    private static final Map<String, List<String>> LIT = Map.of(
            "lit", List.of("index.js", "directives/repeat.js"),
            "lit-html",
                    List.of(
                            "lit-html.js",
                            "is-server.js",
                            "directive.js",
                            "directive-helpers.js",
                            "directives/repeat.js"),
            "lit-element", List.of("lit-element.js"),
            "@lit/reactive-element", List.of("reactive-element.js", "css-tag.js"));

    /** Charts; asked for by the view that draws some. A classic script: the only form of it that comes compressed. */
    private static final List<String> UPLOT_FILES = List.of("uPlot.iife.min.js", "uPlot.min.css");

    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** A module that another one cannot do without. */
    private static final Pattern OWN_IMPORT =
            Pattern.compile("(?m)^(?:import|export) (?:.* from )?'\\./([\\w-]+\\.js)';");

    private static final String PLACES = "META-INF/importmap.json";

    private final Map<String, Asset> files = new LinkedHashMap<>();
    private final Asset page;
    private final Asset readOnly;
    private final Asset description = Asset.of("openapi.json", own("openapi.json"));
    private final String importMapHash;
    private final String root;

    private Assets(Map<String, byte[]> bytes, Map<String, String> mains) {
        root = ROOT + hash(bytes) + "/";
        bytes.forEach((name, content) -> files.put(root + name, Asset.of(name, content)));
        String importMap = importMap(root, mains);
        importMapHash = "'sha256-" + Base64.getEncoder().encodeToString(Asset.sha256(importMap.getBytes(UTF_8))) + "'";
        String html = new String(own("index.html"), UTF_8)
                .replace("{{assets}}", root)
                .replace("{{importmap}}", importMap)
                .replace("{{modules}}", modules(root, bytes));
        page = Asset.of("index.html", html.replace("{{access}}", "").getBytes(UTF_8));
        readOnly = Asset.of(
                "index.html", html.replace("{{access}}", " data-read-only").getBytes(UTF_8));
    }

    /** Reads everything. A missing file means a broken distribution. */
    static Assets load() {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        OWN.forEach(name -> bytes.put(name, own(name)));
        UPLOT_FILES.forEach(file -> bytes.put("uplot/" + file, read(UPLOT + file)));
        Map<String, String> places = places();
        Map<String, String> mains = new LinkedHashMap<>();
        for (String specifier : LIT.keySet().stream().sorted().toList()) {
            String below = place(places, specifier + "/");
            mains.put(specifier, place(places, specifier).substring(below.length()));
            for (String file : LIT.getOrDefault(specifier, List.of())) {
                bytes.put(specifier + "/" + file, read("META-INF/resources" + below + file));
            }
        }
        return new Assets(bytes, mains);
    }

    private static String place(Map<String, String> places, String specifier) {
        String place = places.get(specifier);
        if (place == null) {
            throw new IllegalStateException("not on the class path: " + specifier);
        }
        return place;
    }

    /** Where the libraries on the class path say that their modules are. */
    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        try {
            for (URL url : Collections.list(Assets.class.getClassLoader().getResources(PLACES))) {
                try (InputStream in = url.openStream()) {
                    new JsonObject(new String(in.readAllBytes(), UTF_8))
                            .getJsonObject("imports")
                            .forEach(e -> places.put(e.getKey(), String.valueOf(e.getValue())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    private static byte[] own(String name) {
        return read("io/echogate/page/" + name);
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Map<String, byte[]> bytes) {
        StringBuilder all = new StringBuilder();
        bytes.forEach((name, content) -> all.append(name)
                .append(' ')
                .append(HexFormat.of().formatHex(Asset.sha256(content)))
                .append('\n'));
        return HexFormat.of()
                .formatHex(Asset.sha256(all.toString().getBytes(UTF_8)))
                .substring(0, 16);
    }

    /** Whatever is needed before anything can be drawn, to be asked for at once instead of one after the other. */
    private static String modules(String root, Map<String, byte[]> bytes) {
        Set<String> needed = new LinkedHashSet<>();
        Deque<String> found = new ArrayDeque<>(List.of("app.js"));
        while (!found.isEmpty()) {
            byte[] module = bytes.get(found.peek());
            if (module != null && needed.add(found.peek())) {
                OWN_IMPORT.matcher(new String(module, UTF_8)).results().forEach(m -> found.add(m.group(1)));
            }
            found.remove();
        }
        LIT.keySet().stream()
                .sorted()
                .forEach(library ->
                        LIT.getOrDefault(library, List.of()).forEach(file -> needed.add(library + "/" + file)));
        return needed.stream()
                .map(name -> "    <link rel=\"modulepreload\" href=\"" + root + name + "\" />")
                .collect(Collectors.joining("\n"));
    }

    private static String importMap(String root, Map<String, String> mains) {
        JsonObject imports = new JsonObject();
        mains.forEach((specifier, main) ->
                imports.put(specifier, root + specifier + "/" + main).put(specifier + "/", root + specifier + "/"));
        return new JsonObject().put("imports", imports).encode();
    }

    /** The page itself; it knows whether orders are taken where it comes from. */
    Asset page(boolean orders) {
        return orders ? page : readOnly;
    }

    /** The description of the API. */
    Asset description() {
        return description;
    }

    /** The source expression that lets the page's import map, and no other inline script, through. */
    String importMapHash() {
        return importMapHash;
    }

    /** The file of exactly that path, or null. */
    @Nullable
    Asset at(String path) {
        return files.get(path);
    }

    /** One of {@link #OWN}, by its name. */
    Asset named(String name) {
        Asset asset = files.get(root + name);
        if (asset == null) {
            throw new IllegalArgumentException("no file of the page: " + name);
        }
        return asset;
    }

    /** All paths. */
    Iterable<String> paths() {
        return files.keySet();
    }
}

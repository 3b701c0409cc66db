package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.StatusRules;
import io.echogate.history.Shown;
import io.echogate.history.Shown.Track;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.page.StatusView.Sight;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public page, its badges, its feed and the same for machines, under {@code /-/status}. Each is made at most once a
 * second however often it is asked for, so that a flood costs little. Confined to the page's loop.
 */
final class StatusRoutes {
    private static final String ROOT = "/-/status";
    private static final String BADGE = ROOT + "/badge/";
    private static final String UPTIME = "/uptime-";
    private static final String SVG = ".svg";
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";
    private static final String BRIEFLY = "public, max-age=5";

    private final StatusRules rules;
    private final Clock clock;
    private final Supplier<Fleet> fleet;
    private final Duration staleAfter;
    private final Map<String, Integer> places = new HashMap<>();
    private final int pool;
    private final StatusPast past;
    private final Asset style;
    private final Asset icon;
    private final Map<String, Words> languages = Words.all();
    private final Map<String, Made> made = new HashMap<>();
    private final String feedId;
    private final Instant began;
    private @Nullable StatusView view;
    private long viewedNanos;

    /** Something that was made at that time. */
    private record Made(Asset asset, long nanos) {}

    StatusRoutes(Config config, Assets assets, Clock clock, Supplier<Fleet> fleet, StatusPast past) {
        this.rules = config.status();
        this.clock = clock;
        this.fleet = fleet;
        this.staleAfter = Duration.ofMillis(Setting.of(config).staleAfterMillis());
        this.past = past;
        this.style = assets.named("status.css");
        this.icon = assets.named("icon.svg");
        this.feedId = "echogate\n" + rules.title() + "\n" + config.listen();
        this.began = clock.now();
        this.pool = config.members().size();
        config.everybody().forEach(asked -> places.put(asked.name(), places.size()));
    }

    /** The way to the page when nothing else is served. */
    Router alone(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(ctx -> {
            ctx.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer");
            ctx.next();
        });
        Routes.get(router, "/", ctx -> {
            ctx.response().putHeader("Location", ROOT);
            Routes.line(ctx.response(), 302, "The page is at " + ROOT);
        });
        routes(router);
        router.route().handler(ctx -> Routes.line(ctx.response(), 404, "Nothing here. The page is at " + ROOT));
        router.errorHandler(400, ctx -> Routes.line(ctx.response(), 400, "Malformed request."));
        router.errorHandler(500, ctx -> Routes.line(ctx.response(), 500, "Internal error."));
        return router;
    }

    void routes(Router router) {
        Routes.get(router, ROOT, this::page);
        Routes.get(router, ROOT + "/", ctx -> {
            ctx.response().putHeader("Location", ROOT);
            Routes.line(ctx.response(), 302, "The page is at " + ROOT);
        });
        Routes.get(router, ROOT + "/style.css", ctx -> send(ctx, 200, style, "public, max-age=31536000, immutable"));
        Routes.get(router, ROOT + "/icon.svg", ctx -> send(ctx, 200, icon, "public, max-age=86400"));
        Routes.get(router, ROOT + "/status.json", this::json);
        if (rules.incidents()) {
            Routes.get(router, ROOT + "/feed.atom", this::feed);
        }
        router.route(BADGE + "*").handler(ctx -> Routes.read(ctx, this::badge));
    }

    private void page(RoutingContext ctx) {
        boolean reloads = !"still".equals(ctx.request().query());
        Words words = words(ctx);
        String href = ROOT + "/style.css?" + style.etag().replaceAll("[^A-Za-z0-9]", "");
        Asset page = kept(
                "page " + words.language() + " " + reloads,
                "page.html",
                seen -> StatusHtml.of(seen, words, reloads, href));
        HttpServerResponse response = ctx.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Language", words.language());
        if (reloads) {
            response.putHeader("Refresh", "" + StatusHtml.RELOAD_SECONDS);
        }
        send(ctx, 200, page, BRIEFLY);
    }

    private void json(RoutingContext ctx) {
        open(ctx);
        send(ctx, 200, kept("json", "status.json", seen -> StatusJson.of(seen).encode()), BRIEFLY);
    }

    private void feed(RoutingContext ctx) {
        Words words = words(ctx);
        ctx.response().putHeader("Content-Language", words.language());
        send(
                ctx,
                200,
                kept("feed " + words.language(), "feed.atom", seen -> StatusFeed.of(seen, words, feedId, began)),
                "public, max-age=60");
    }

    /** Badges are shown by pages of others: in English, and to everybody. */
    private void badge(RoutingContext ctx) {
        open(ctx);
        String rest = String.valueOf(ctx.request().path()).substring(BADGE.length());
        int cut = rest.lastIndexOf(UPTIME);
        int window = cut < 0 ? 0 : window(rest.substring(cut + UPTIME.length()));
        String named = cut < 0 ? rest : rest.substring(0, cut) + SVG;
        int index = named.endsWith(SVG) ? component(named.substring(0, named.length() - SVG.length())) : -1;
        if (index < 0 || window < 0) {
            send(ctx, 404, kept("no badge", "badge.svg", seen -> noBadge()), "public, max-age=30");
        } else {
            Asset badge = kept("badge " + index + " " + window, "badge.svg", seen -> badge(seen, index, window));
            send(ctx, 200, badge, "public, max-age=30");
        }
    }

    private static String noBadge() {
        return Badge.of("status", "unknown", Badge.Tone.UNKNOWN);
    }

    private int component(String encoded) {
        String name;
        try {
            name = URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return -1;
        }
        List<StatusRules.Component> all = rules.components();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** How a while of so many days is called. */
    static String window(int days) {
        return days == 1 ? "24h" : days + "d";
    }

    /** Its place among all of them, from 1; negative: there is none of that name. */
    private static int window(String named) {
        for (int i = 0; i < Shown.WINDOWS.size(); i++) {
            if (named.equals(window(Shown.WINDOWS.get(i)) + SVG)) {
                return i + 1;
            }
        }
        return -1;
    }

    private String badge(StatusView seen, int index, int window) {
        Seen of = seen.seen().get(index);
        String name = of.component().name();
        Words english = words("en");
        if (window > 0) {
            Track track = seen.track(index);
            Double percent = track == null ? null : track.percents().get(window - 1);
            String label = name + " " + window(Shown.WINDOWS.get(window - 1));
            return percent == null
                    ? Badge.of(label, "unknown", Badge.Tone.UNKNOWN)
                    : Badge.of(label, english.percent(percent), Badge.tone(percent));
        }
        return seen.sight() == Sight.CLEAR
                ? Badge.of(name, of.word().code(), Badge.tone(of.word()))
                : Badge.of(name, "last known: " + of.word().code(), Badge.Tone.UNKNOWN);
    }

    private Words words(RoutingContext ctx) {
        ctx.response().putHeader("Vary", "Accept-Encoding, Accept-Language");
        return words(Words.chosen(ctx.request().getHeader("Accept-Language")));
    }

    private Words words(String language) {
        Words words = languages.get(language);
        if (words == null) {
            throw new IllegalStateException("no words of " + language);
        }
        return words;
    }

    private Asset kept(String key, String file, Function<StatusView, String> make) {
        long now = clock.nanos();
        Made before = made.get(key);
        if (before != null && now - before.nanos() < KEPT_NANOS) {
            return before.asset();
        }
        Asset asset = Asset.of(file, make.apply(view(now)).getBytes(UTF_8));
        made.put(key, new Made(asset, now));
        return asset;
    }

    private StatusView view(long nanos) {
        StatusView before = view;
        if (before != null && nanos - viewedNanos < KEPT_NANOS) {
            return before;
        }
        Fleet now = fleet.get();
        List<Seen> seen = rules.components().stream()
                .map(c -> Seen.of(c, now, name -> member(now, name)))
                .toList();
        StatusView next = new StatusView(rules, clock.now(), now.at(), sight(now), seen, past.newest());
        view = next;
        viewedNanos = nanos;
        return next;
    }

    private Sight sight(Fleet now) {
        if (now.isolated()) {
            return Sight.CUT_OFF;
        }
        return now.at().plus(staleAfter).isBefore(clock.now()) ? Sight.STALE : Sight.CLEAR;
    }

    private @Nullable Member member(Fleet now, String name) {
        int place = places.getOrDefault(name, -1);
        if (place < 0) {
            return null;
        }
        List<Member> of = place < pool ? now.members() : now.watched();
        int index = place < pool ? place : place - pool;
        return index < of.size() && of.get(index).name().equals(name) ? of.get(index) : null;
    }

    /** It may be read by scripts of other pages, and shown by them. */
    private static void open(RoutingContext ctx) {
        ctx.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'");
    }

    private static void send(RoutingContext ctx, int status, Asset asset, String caching) {
        ctx.response().setStatusCode(status);
        Routes.asset(ctx, asset, caching);
    }
}

package io.echogate.page;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.meter.Meters;
import io.echogate.model.Fleet;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The paths of a real router, as a description of an API writes them; without the page and its files. */
final class RouteNames {
    private RouteNames() {}

    static Set<String> all() {
        Vertx vertx = Vertx.vertx();
        try {
            return routes(vertx).router(vertx, true).getRoutes().stream()
                    .map(Route::getName)
                    .filter(Objects::nonNull)
                    .filter(name -> name.matches("/-/(api/.*|metrics|healthz|readyz|status/status.json)"))
                    .map(name -> name.replaceAll(":(\\w+)", "{$1}"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            var _ = vertx.close();
        }
    }

    private static Routes routes(Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        Config config = Site.config(0);
        Fleet fleet = Fleets.twoUp();
        Clock clock = Clock.system();
        Meters meters = new Meters();
        Setting setting = Setting.of(config);
        Control control = new Control(new Site.Counter(), Site.TOKEN, "/state/token", "");
        OrderDoor door = new OrderDoor(() -> fleet, control);
        return new Routes(
                Assets.load(),
                setting,
                clock,
                () -> fleet,
                new MetricsText(meters),
                new Live(vertx, context, clock, meters, setting, fleet, control.desk(), null),
                new Orders(clock, context, () -> fleet, control, door, Duration.ofSeconds(8)),
                new Drills(clock, context, control.desk(), door),
                new RequestRoutes(vertx, clock, Requests.NONE),
                new EchoRoutes(clock, () -> fleet, Site.INSIGHT),
                new HistoryRoutes(clock, context, null, control, door),
                member -> 0,
                new StatusRoutes(
                        config,
                        Assets.load(),
                        clock,
                        () -> fleet,
                        new StatusPast(
                                vertx, context, clock, null, config.status().components())));
    }
}

package io.echogate.page;

import io.echogate.history.Shown;
import io.echogate.history.Shown.Track;
import io.echogate.page.StatusView.Sight;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The public page for machines. Pure. */
final class StatusJson {
    private StatusJson() {}

    static JsonObject of(StatusView view) {
        JsonArray components = new JsonArray();
        for (int i = 0; i < view.seen().size(); i++) {
            components.add(component(view.seen().get(i), view.track(i)));
        }
        JsonArray incidents = new JsonArray();
        view.told(true)
                .forEach(told -> incidents.add(new JsonObject()
                        .put("component", told.of().component().name())
                        .put("kind", told.outage().planned() ? "maintenance" : "outage")
                        .put("from", FleetJson.time(told.outage().from()))
                        .put("to", FleetJson.time(told.outage().to()))));
        Shown past = view.past();
        return new JsonObject()
                .put("title", view.rules().title())
                .put("at", FleetJson.time(view.at()))
                .put("now", FleetJson.time(view.now()))
                .put("sight", view.sight() == Sight.CUT_OFF ? "cut off" : code(view.sight()))
                .put("state", view.word().code())
                .put("days", past == null ? null : new JsonArray(past.days()))
                .put("components", components)
                .put("incidents", past == null || !view.rules().incidents() ? null : incidents);
    }

    private static String code(Sight sight) {
        return sight.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject component(Seen seen, @Nullable Track track) {
        JsonArray percents = new JsonArray();
        JsonObject windows = new JsonObject();
        if (track != null) {
            track.days().forEach(day -> percents.add(day.percent()));
            for (int i = 0; i < Shown.WINDOWS.size(); i++) {
                windows.put(
                        StatusRoutes.window(Shown.WINDOWS.get(i)),
                        track.percents().get(i));
            }
        }
        return new JsonObject()
                .put("name", seen.component().name())
                .put("state", seen.word().code())
                .put("since", FleetJson.time(seen.since()))
                .put("availabilityPercent", track == null ? null : windows)
                .put("daysPercent", track == null ? null : percents);
    }
}

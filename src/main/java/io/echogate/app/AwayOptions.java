package io.echogate.app;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For how long a member is to be out of service, and what becomes of the requests that still run there. */
final class AwayOptions {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "It is ready again after that; default: when you say so.")
    private @Nullable String period;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "What still runs then goes elsewhere if that is safe, or is cut; default 5m, for maintenance what"
                            + " `drainTimeout` is.")
    private @Nullable String deadline;

    @Option(names = "--force", description = "Also when nobody as well as it would be left to serve.")
    private boolean force;

    JsonObject particular(OrderOptions options) {
        JsonObject order = new JsonObject();
        if (period != null) {
            options.duration("--for", period, Duration.ofDays(365));
            order.put("for", period);
        }
        if (deadline != null) {
            options.duration("--deadline", deadline, Duration.ofDays(1));
            order.put("deadline", deadline);
        }
        return force ? order.put("force", true) : order;
    }
}

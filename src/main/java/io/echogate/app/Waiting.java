package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.clock.Pause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until an order has had its effect: nothing runs at a member that is drained, or a member that is wanted again is
 * up and in service. Made for deployment scripts.
 */
final class Waiting {
    private static final long EVERY = Duration.ofMillis(250).toNanos();
    private static final long TELL_EVERY = Duration.ofSeconds(1).toNanos();

    /** The fleet, whenever asked. */
    @FunctionalInterface
    interface Look {
        JsonObject fleet() throws MonitorClient.Unreachable;
    }

    private final Clock clock;
    private final Pause pause;
    private final Look look;
    private final Consumer<String> progress;

    /** @param progress is told a line when something changed, at most each second */
    Waiting(Clock clock, Pause pause, Look look, Consumer<String> progress) {
        this.clock = clock;
        this.pause = pause;
        this.look = look;
        this.progress = progress;
    }

    /**
     * Returns once the order has had its effect.
     *
     * @param order as the monitor acknowledged it
     * @throws Failure when the time is over, or when another order has replaced this one
     */
    void until(JsonObject order, Duration timeout) {
        String member = order.getString("member");
        boolean ready = "READY".equals(order.getString("intent"));
        long end = clock.nanos() + timeout.toNanos();
        long toldAt = clock.nanos() - TELL_EVERY;
        String told = "";
        String left = "the monitor does not answer";
        while (true) {
            JsonObject now = seen(member);
            if (now != null) {
                requireOurs(now, order);
                left = ready ? lacking(now) : running(now);
            }
            if (left.isEmpty()) {
                return;
            }
            if (clock.nanos() - end >= 0) {
                throw new Failure(member + " after " + timeout.toMillis() / 1000.0 + " s: " + left);
            }
            if (!left.equals(told) && clock.nanos() - toldAt >= TELL_EVERY) {
                progress.accept(member + ": " + left);
                told = left;
                toldAt = clock.nanos();
            }
            pause.nanos(EVERY);
        }
    }

    /** Null while the monitor cannot be reached: it may be restarting. */
    private @Nullable JsonObject seen(String name) {
        try {
            JsonArray members = look.fleet().getJsonArray("members");
            if (members == null) {
                throw new Failure("the answer is no fleet: is that a monitor?");
            }
            for (int i = 0; i < members.size(); i++) {
                if (name.equals(members.getJsonObject(i).getString("name"))) {
                    return members.getJsonObject(i);
                }
            }
            throw new Failure(name + " is gone from the monitor's configuration");
        } catch (MonitorClient.Unreachable e) {
            return null;
        }
    }

    private static void requireOurs(JsonObject now, JsonObject order) {
        JsonObject given = now.getJsonObject("order");
        boolean same = order.getString("intent").equals(now.getString("intent"))
                && (given == null || order.getString("since").equals(given.getString("since")));
        if (!same) {
            String other = given == null
                    ? (order.getString("until") == null ? "it is wanted again" : "its time was up, it is wanted again")
                    : Spelling.order(now.getString("intent"), given, now.getInteger("running", 0));
            throw new Failure(now.getString("name") + ": the order holds no longer: " + other);
        }
    }

    private static String running(JsonObject now) {
        int running = now.getInteger("running", 0);
        return running == 0 ? "" : Spelling.stillRun(running);
    }

    /** What keeps it from getting requests; empty when nothing does. A member behind better ones is in service, too. */
    private static String lacking(JsonObject now) {
        String state = now.getString("state");
        String cause = now.getString("cause", "NONE");
        return state.equals("UP") ? "" : "NONE".equals(cause) ? "it is " + state : "it is " + state + ", " + cause;
    }
}

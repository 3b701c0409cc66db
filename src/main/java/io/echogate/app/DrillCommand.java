package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.clock.Pause;
import io.echogate.config.Durations;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code echogate drill}: a member is treated as if it had failed, without being touched, and what came of it is told. */
@Command(
        name = "drill",
        description = "Treats a member as if it failed, without touching it, and says what clients would have seen.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects it before call()
final class DrillCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String USUAL = "30s";

    /** How much longer than the drill itself its end is waited for: the member has to be seen up again. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(30);

    /** What can be played, and the end of it. */
    enum Play {
        FREEZE,
        REFUSE,
        OFF,
        END
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MEMBER", description = "Whose failure is played.")
    private String member;

    @Parameters(
            index = "1",
            paramLabel = "freeze|refuse|off|end",
            description =
                    "It never answers; its machine refuses connections; its machine is silent; or: that is enough.")
    private Play play;

    @Option(names = "--for", paramLabel = "TIME", description = "It ends by itself after that, 1s to 10m; default 30s.")
    private @Nullable String period;

    @Option(names = "--force", description = "Also when nobody as well as it would be left to serve.")
    private boolean force;

    @Option(names = "--no-wait", description = "Returns when it has begun, not when it is over and the member back.")
    private boolean noWait;

    @Option(names = "--json", description = "Prints the report's JSON; what happens is told on stderr.")
    private boolean json;

    @Mixin
    private OperatorOptions operator;

    @Override
    public Integer call() {
        Duration lasts = duration(period == null ? USUAL : period);
        if (play == Play.END && (period != null || force || !operator.why().isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--for, --force and --why have no meaning with end");
        }
        try (MonitorClient monitor = operator.monitor()) {
            String token = operator.token(spec.commandLine().getErr());
            JsonObject begun = monitor.order(member, "drill", token, wanted()).getJsonObject("report");
            if (begun == null) {
                throw new Failure("the monitor reports no drill");
            }
            return watched(monitor, begun, lasts);
        } catch (MonitorClient.Unreachable e) {
            throw e.failure();
        }
    }

    private int watched(MonitorClient monitor, JsonObject begun, Duration lasts) {
        if (play != Play.END) {
            progress(DrillWords.begun(begun));
        }
        if (noWait) {
            if (json || play == Play.END) {
                report(begun);
            }
            return 0;
        }
        Duration patience = play == Play.END ? AFTERWARDS : lasts.plus(AFTERWARDS);
        JsonObject report =
                new DrillWatch(Clock.system(), Pause.real(), monitor::drill, this::progress).until(begun, patience);
        report(report);
        DrillWatch.requireOver(report);
        return 0;
    }

    private JsonObject wanted() {
        JsonObject order = new JsonObject().put("mode", play.name().toLowerCase(Locale.ROOT));
        if (play == Play.END) {
            return order.put("by", operator.by());
        }
        if (force) {
            order.put("force", true);
        }
        return operator.signed(order.put("for", period == null ? USUAL : period));
    }

    private Duration duration(String text) {
        try {
            return Durations.of(text, SHORTEST, LONGEST);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--for: " + e.getMessage(), e);
        }
    }

    private void progress(String line) {
        say(json ? spec.commandLine().getErr() : spec.commandLine().getOut(), line);
    }

    private void report(JsonObject report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            say(out, report.encode());
        } else {
            DrillWords.told(report).forEach(line -> say(out, line));
        }
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}

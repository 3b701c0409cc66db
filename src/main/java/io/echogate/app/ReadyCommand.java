package io.echogate.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code echogate ready}: the member gets requests again. */
@Command(name = "ready", description = "Gives members requests again.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects it before call()
final class ReadyCommand implements Callable<Integer> {
    @Mixin
    private OrderOptions options;

    @Override
    public Integer call() {
        return options.give("ready", new JsonObject());
    }
}

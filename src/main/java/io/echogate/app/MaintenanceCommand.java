package io.echogate.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code echogate maintenance}: the member is out of service at once; what runs there has seconds. */
@Command(
        name = "maintenance",
        description = "Takes members out of service for work on them: what runs there has some seconds to finish.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects it before call()
final class MaintenanceCommand implements Callable<Integer> {
    @Mixin
    private OrderOptions options;

    @Mixin
    private AwayOptions away;

    @Override
    public Integer call() {
        return options.give("maintenance", away.particular(options));
    }
}

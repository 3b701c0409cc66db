package io.echogate.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code echogate drain}: running requests finish at that member, new ones go elsewhere. */
@Command(
        name = "drain",
        description = "Takes members out of service: what runs there finishes, new requests go elsewhere.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects it before call()
final class DrainCommand implements Callable<Integer> {
    @Mixin
    private OrderOptions options;

    @Mixin
    private AwayOptions away;

    @Override
    public Integer call() {
        return options.give("drain", away.particular(options));
    }
}

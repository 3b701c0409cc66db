package io.echogate.app;

import io.echogate.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code echogate monitor}: asks, judges, carries and shows until it is asked to end. */
@Command(name = "monitor", description = "Runs the monitor.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects spec and file before call()
final class MonitorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, YAML.")
    private Path file;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Records all that is heard, for `echogate replay`. An older recording is kept as FILE.old.")
    private @Nullable Path record;

    @Option(
            names = "--record-limit",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            converter = RecordTo.Limit.class,
            description =
                    "Bytes at which the recording stops, not the monitor; 4MiB to 64GiB, default ${DEFAULT-VALUE}.")
    private long recordLimit;

    @Option(names = "--end-with-parent", hidden = true, description = "Ends when standard input does.")
    private boolean endWithParent;

    @Override
    public Integer call() throws IOException {
        Optional<Config> config = Configurations.read(file, spec.commandLine().getErr());
        if (config.isEmpty()) {
            return 1;
        }
        RecordTo to = record == null ? null : RecordTo.of(record, recordLimit, file, config.get());
        Monitor monitor = Monitor.start(config.get(), to);
        Lifetime.runUntilAsked("monitor", monitor, endWithParent);
        return 0;
    }
}

package io.echogate.app;

import io.echogate.config.Config;
import io.echogate.judge.WorstCase;
import io.echogate.probe.Crowd;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code echogate check}: every fault of a configuration, or how fast each kind of failure will be noticed with it. */
@Command(
        name = "check",
        description = "Reads a configuration as monitor would and prints every fault, or the computed worst cases.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects spec and file before call()
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration, YAML.")
    private Path file;

    @Override
    public Integer call() {
        Optional<Config> config = Configurations.read(file, spec.commandLine().getErr());
        config.ifPresent(this::print);
        return config.isPresent() ? 0 : 1;
    }

    private void print(Config config) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + ": good; members: " + config.members().size() + ", each asked every "
                + config.pollFreq().toMillis() + " ms");
        if (!config.watch().isEmpty()) {
            out.println("watched: " + config.watch().size()
                    + ", asked as often, and noticed as soon unless said otherwise");
        }
        ChoiceLines.of(config).forEach(out::println);
        out.println("noticed within, at the worst, with nobody's traffic to help:");
        for (WorstCase.Line line : WorstCase.of(config).lines()) {
            out.println("  " + line.what() + ": " + line.sum());
        }
        out.println(
                "the sums: pollFreq, then ping.doubtAfter or ping.doubtFreq to each further failure, then the last time-out;"
                        + " on the way back ping.downFreqMax, then ping.doubtFreq");
        long most = Crowd.most(config.ping().doubtFreq());
        if (config.everybody().count() > most) {
            out.println("with more than " + most
                    + " members in doubt at once, ping.doubtFreq becomes longer, and so do these");
        }
        out.flush();
    }
}

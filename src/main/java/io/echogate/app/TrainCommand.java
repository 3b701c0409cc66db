package io.echogate.app;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.machine.MachineService;
import io.echogate.net.EventLoops;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code echogate train}: a short life of the product on ports of its own, run once after the build. What the JVM loads and
 * how the code behaves meanwhile goes into its AOT cache (JEP 483, 514 and 515), from which later starts take it.
 */
@Command(name = "train", hidden = true, description = "Runs everything for a few seconds, for the JVM's AOT cache.")
@SuppressWarnings("NullAway.Init") // picocli injects spec before call()
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EventLoops loops = EventLoops.start("machine", 1);
        try (PrivateDirectory directory = PrivateDirectory.make();
                MachineService one = machine(loops, "S1");
                MachineService two = machine(loops, "S2")) {
            Path file = directory.resolve("echogate.yaml");
            Files.writeString(file, configuration(directory, one, two));
            return train(file);
        } finally {
            loops.close();
        }
    }

    private int train(Path file) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Config> config = Configurations.read(file, err);
        if (config.isEmpty()) {
            return 1;
        }
        try (Monitor monitor = Monitor.start(config.get())) {
            new Training(monitor.clientPort(), monitor.adminPort()).run();
        }
        return 0;
    }

    private static MachineService machine(EventLoops loops, String name) throws IOException {
        return MachineService.start(
                loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), name, Chance.secure());
    }

    private static String configuration(PrivateDirectory directory, MachineService one, MachineService two) {
        return """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                stateDir: %s
                members:
                  - {name: S1, url: "http://127.0.0.1:%d"}
                  - {name: S2, url: "http://127.0.0.1:%d"}
                """.formatted(
                        directory.resolve(".").normalize(),
                        one.address().getPort(),
                        two.address().getPort());
    }
}

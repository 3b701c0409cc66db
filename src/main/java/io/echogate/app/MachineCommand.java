package io.echogate.app;

import io.echogate.clock.Chance;
import io.echogate.config.HostPort;
import io.echogate.machine.MachineService;
import io.echogate.net.EventLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code echogate machine}: the reference machine service. */
@Command(
        name = "machine",
        description = "Runs the machine service: GET /ping, GET /?first=3&second=7.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects the options before call()
final class MachineCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name in the answers, for instance S1.")
    private String name;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = Address.class,
            description = "Address to listen on, for instance 127.0.0.11:3000.")
    private HostPort listen;

    @Option(names = "--end-with-parent", hidden = true, description = "Ends when standard input does.")
    private boolean endWithParent;

    @Override
    public Integer call() throws IOException {
        EventLoops loops = EventLoops.start("machine", 1);
        try {
            MachineService service = MachineService.start(
                    loops, new InetSocketAddress(listen.host(), listen.port()), name, Chance.secure());
            Lifetime.runUntilAsked("machine", service, endWithParent);
        } finally {
            loops.close();
        }
        return 0;
    }
}

package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.config.Limits;
import io.echogate.net.Errno;
import io.echogate.net.IcmpSocket;
import io.echogate.net.KernelFacts;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code echogate doctor}: what this host allows, each finding with its remedy. Changes nothing, sends nothing. */
@Command(
        name = "doctor",
        description =
                "Tells what this host allows: ICMP sockets, transport, descriptors, clock, JDK; with the remedies.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli injects the spec before call()
final class DoctorCommand implements Callable<Integer> {
    private static final int CLOCK_STEPS = 1_000;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = List.of(icmp(), transport(), files(), clock(), jdk());
        findings.forEach(finding -> out.println(finding.text()));
        long remedies = findings.stream().filter(f -> !f.good()).count();
        out.println(remedies == 0 ? "nothing to remedy" : remedies + " to remedy");
        out.flush();
        return 0;
    }

    private static Finding icmp() {
        try (IcmpSocket socket = IcmpSocket.open(Clock.system())) {
            return Finding.icmp(socket.icmp());
        }
    }

    private static Finding transport() {
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        int errno = linux ? KernelFacts.ioUringErrno() : -1;
        String ring = errno == 0 ? "allowed" : errno < 0 ? "needs Linux" : "refused: " + Errno.words(errno);
        return Finding.transport(KernelFacts.transport(), KernelFacts.whyNoEpoll(), ring);
    }

    private static Finding files() {
        return Finding.files(KernelFacts.openFiles(), Limits.DEFAULT.connections());
    }

    private static Finding clock() {
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        boolean synchronised = !linux || KernelFacts.clockSynchronised();
        return Finding.clock(KernelFacts.clockSource(), smallestStep(Clock.system()), synchronised);
    }

    private static long smallestStep(Clock clock) {
        long smallest = Long.MAX_VALUE;
        long before = clock.nanos();
        for (int i = 0; i < CLOCK_STEPS; i++) {
            long now = clock.nanos();
            smallest = now == before ? smallest : Math.min(smallest, now - before);
            before = now;
        }
        return smallest;
    }

    private static Finding jdk() {
        return Finding.jdk(
                Runtime.version().feature(),
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"),
                DoctorCommand.class.getModule().isNativeAccessEnabled());
    }
}

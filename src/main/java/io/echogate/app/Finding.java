package io.echogate.app;

import io.echogate.model.Icmp;
import io.echogate.net.Transport;
import java.util.Set;

/**
 * One thing that {@code doctor} looked at. Pure: facts in, words out.
 *
 * @param subject one word
 * @param good nothing is to be done
 * @param fact what was found
 * @param remedy the command or setting that mends it; empty when {@code good}
 */
record Finding(String subject, boolean good, String fact, String remedy) {
    private static final int COLUMN = 11;
    private static final long COARSE_NANOS = 1_000_000;
    private static final int JDK = 25;

    /** Sources whose reading costs a system call or a slow device each time. */
    private static final Set<String> SLOW_CLOCKS = Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit");

    private static Finding good(String subject, String fact) {
        return new Finding(subject, true, fact, "");
    }

    private static Finding bad(String subject, String fact, String remedy) {
        return new Finding(subject, false, fact, remedy);
    }

    static Finding icmp(Icmp icmp) {
        return switch (icmp.mode()) {
            case DATAGRAM -> good("icmp", "datagram socket: machines are pinged without any privilege");
            case RAW -> good("icmp", "raw socket (root or CAP_NET_RAW): machines are pinged");
            case NONE, UNKNOWN ->
                bad(
                        "icmp",
                        "no socket: causes come from TCP and HTTP alone, silence takes twice as long",
                        icmp.remedy());
        };
    }

    static Finding transport(Transport transport, String whyNoEpoll, String ring) {
        String uring = "; io_uring: " + ring + " (this version does not use it)";
        return switch (transport) {
            case EPOLL -> good("transport", "epoll" + uring);
            case NIO ->
                bad(
                        "transport",
                        "NIO: no TCP_INFO, so a frozen service is convicted later; epoll: " + whyNoEpoll + uring,
                        "run on Linux on x86-64 or arm64 with glibc, with a temporary directory that may hold programs");
        };
    }

    /** A client takes two descriptors, its own and its member's; some are needed besides. */
    static Finding files(long limit, int connections) {
        long needed = 2L * connections + 1_000;
        String found = limit == Long.MAX_VALUE ? "no limit" : limit + " open files";
        return limit >= needed
                ? good("files", found)
                : bad(
                        "files",
                        found + "; limits.connections: " + connections + " may need " + needed,
                        "ulimit -n " + needed + " (systemd: LimitNOFILE=" + needed + "; docker run --ulimit nofile="
                                + needed + "), or a lower limits.connections");
    }

    static Finding clock(String source, long stepNanos, boolean synchronised) {
        String found = (source.isEmpty() ? "" : source + ", ") + "smallest step " + stepNanos + " ns";
        if (SLOW_CLOCKS.contains(source) || stepNanos > COARSE_NANOS) {
            return bad(
                    "clock",
                    found + ": slow or coarse to read",
                    "boot with clocksource=tsc, or a machine type that has a paravirtual clock");
        }
        return synchronised
                ? good("clock", found + ", synchronised")
                : bad(
                        "clock",
                        found + ", not synchronised: durations are right, times of day may not be",
                        "run chrony or systemd-timesyncd (timedatectl set-ntp true)");
    }

    static Finding jdk(int feature, String version, boolean nativeAccess) {
        if (feature < JDK) {
            return bad("jdk", version, "install a JDK " + JDK + " or set JAVA_HOME to one");
        }
        return nativeAccess
                ? good("jdk", version)
                : bad(
                        "jdk",
                        version + "; native access is off",
                        "start with bin/echogate, or --enable-native-access=ALL-UNNAMED");
    }

    /** One line, or two with the remedy. */
    String text() {
        String line = subject + " ".repeat(COLUMN - subject.length()) + (good ? "ok      " : "REMEDY  ") + fact;
        return good ? line : line + System.lineSeparator() + " ".repeat(COLUMN + 8) + "→ " + remedy;
    }
}

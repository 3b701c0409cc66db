package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A switch with hosts on it: a bridge in a namespace of its own and one namespace per host, joined by virtual cables.
 * None of the namespaces has a default route or a cable to the outside.
 *
 * <p>All names begin with {@code eg-} and the process id of this JVM. A guard, a process in a session of its own that
 * waits for the end of a pipe from here, ends every process in these namespaces and removes them: when the switch is
 * closed, and when this JVM dies, however it dies. What a dead guard left behind, the next switch sweeps away.
 */
final class Switch implements AutoCloseable {
    private static final String PREFIX = "eg-";
    static final String ADDRESS = "1.2.3.1";

    private static final Path NAMES = Path.of("/run/netns");
    private static final List<String> TOOLS =
            List.of("ip", "tc", "nsenter", "setsid", "unshare", "iptables", "arping", "dnsmasq", "curl");
    private static final String SWEEP = """
            cat >/dev/null
            failed=0
            for ns in $(ip netns list | cut -d' ' -f1 | grep "^$1"); do
                for pid in $(ip netns pids "$ns"); do kill -KILL "$pid" 2>/dev/null; done
                ip netns del "$ns" || failed=1
            done
            exit $failed
            """;

    private final String prefix;
    private final Process guard;

    private Switch(String prefix, Process guard) {
        this.prefix = prefix;
        this.guard = guard;
    }

    /**
     * A switch without hosts.
     *
     * @throws IllegalStateException says why this machine cannot have one; the lab's tests fail, they are never skipped
     */
    static Switch plugIn() {
        obstacle().ifPresent(why -> {
            throw new IllegalStateException("NOT RUN: lab: " + why);
        });
        sweepLeftovers();
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        Switch made = new Switch(prefix, sweepAtEndOfInput(prefix));
        try {
            made.addBridge();
            return made;
        } catch (IllegalStateException e) {
            made.close();
            throw e;
        }
    }

    private static Optional<String> obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("needs Linux");
        }
        if (!Run.line("id -u").strip().equals("0")) {
            return Optional.of("needs root to make network namespaces");
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return TOOLS.stream()
                .filter(tool -> Stream.of(path.split(":")).noneMatch(dir -> Files.isExecutable(Path.of(dir, tool))))
                .findFirst()
                .map(tool -> "the command " + tool + " is missing");
    }

    /** Joins a host to the switch and opens datagram ICMP sockets in it, as Docker does in its containers. */
    Host host(String name, String address) {
        Host host = strayHost(name, address);
        Run.line("ip -n " + host.namespace() + " addr add " + address + "/24 dev eth0");
        return host;
    }

    /** The same without an address, until it takes one. */
    Host strayHost(String name) {
        return strayHost(name, Host.NOWHERE);
    }

    private Host strayHost(String name, String address) {
        String inside = prefix + name;
        Run.line("ip netns add " + inside);
        Run.line("ip -n " + inside + " link set lo up");
        Run.line("ip link add eth0 netns " + inside + " type veth peer name " + name + " netns " + bridge());
        Run.line("ip -n " + bridge() + " link set " + name + " master br0 up");
        Run.line("ip -n " + inside + " link set eth0 up");
        Host host = new Host(name, address, inside, bridge());
        host.run("echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range");
        return host;
    }

    private void addBridge() {
        Run.line("ip netns add " + bridge());
        Run.line("ip -n " + bridge() + " link set lo up");
        Run.line("ip -n " + bridge() + " link add br0 type bridge forward_delay 0");
        Run.line("ip -n " + bridge() + " addr add " + ADDRESS + "/24 dev br0");
        Run.line("ip -n " + bridge() + " link set br0 up");
    }

    /** The switch as a host of its own: it answers pings and leads nowhere. */
    Host itself() {
        return new Host("br0", ADDRESS, bridge(), bridge());
    }

    /** Lets nothing that comes from one host through to another. */
    void cut(Host from, Host to) {
        drop("--physdev-in " + from.name() + " --physdev-out " + to.name());
    }

    /** Loses that share of what goes to and comes from a host, each packet by itself. */
    void lose(Host host, double probability) {
        String chance = " -m statistic --mode random --probability " + probability;
        drop("--physdev-in " + host.name() + chance);
        drop("--physdev-out " + host.name() + chance);
    }

    private void drop(String which) {
        itself().filter("FORWARD -m physdev --physdev-is-bridged " + which + " -j DROP");
    }

    private String bridge() {
        return prefix + "switch";
    }

    private static Process sweepAtEndOfInput(String prefix) {
        try {
            return new ProcessBuilder("setsid", "sh", "-c", SWEEP, "sweep", prefix)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard did not start", e);
        }
    }

    private static void sweepLeftovers() {
        for (long pid : owners()) {
            if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty()) {
                Run.now("sh", "-c", SWEEP, "sweep", PREFIX + pid + "-");
            }
        }
    }

    private static Set<Long> owners() {
        Set<Long> pids = new TreeSet<>();
        try (Stream<Path> names = Files.isDirectory(NAMES) ? Files.list(NAMES) : Stream.empty()) {
            names.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(PREFIX + "[0-9]+-.*"))
                    .forEach(name -> pids.add(Long.valueOf(name.split("-")[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    /** Ends every process on the hosts and removes them all; throws when something could not be removed. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(20, TimeUnit.SECONDS) || guard.exitValue() != 0) {
                throw new IllegalStateException("the lab's namespaces could not be removed: " + prefix);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while removing the lab", e);
        }
    }
}

package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A DNS server on the {@link Switch} for a handful of names, and the {@code resolv.conf} that leads to it. */
final class NameServer {
    /**
     * The system's resolver waits that long for an answer before it asks once more: what it had asked while the server
     * was gone is answered that much later.
     */
    static final int WAITS_SECONDS = 2;

    private final Path names;
    private final Path resolvConf;
    private final Map<String, String> addresses = new TreeMap<>();
    private final HostProcess server;

    NameServer(Host on, Path logs, Map<String, String> addresses) {
        this.addresses.putAll(addresses);
        names = logs.resolve("names.txt");
        resolvConf = logs.resolve("resolv.conf");
        write();
        Text.write(resolvConf, "nameserver " + on.address() + "\noptions timeout:" + WAITS_SECONDS + " attempts:3\n");
        server = on.start(
                logs.resolve("dnsmasq.log"),
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--user=root",
                        "--no-resolv",
                        "--no-hosts",
                        "--addn-hosts=" + names,
                        "--local=/lab/",
                        "--listen-address=" + on.address(),
                        "--bind-interfaces"));
        server.awaitListening(53);
    }

    Path resolvConf() {
        return resolvConf;
    }

    /** The name stands for that address from now on. */
    void point(String name, String address) {
        addresses.put(name, address);
        write();
        server.reload();
    }

    /** No question is answered any more, and none is refused. */
    void freeze() {
        server.freeze();
    }

    void thaw() {
        server.thaw();
    }

    private void write() {
        Text.write(
                names,
                addresses.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                        .collect(Collectors.joining()));
    }
}

package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;

/** A host with a machine service on it. */
final class Machine {
    private final String name;
    private final Host host;
    private final Path program;
    private final Path logs;
    private int starts;
    private HostProcess service;

    private Machine(String name, Host host, Path program, Path logs) {
        this.name = name;
        this.host = host;
        this.program = program;
        this.logs = logs;
        this.service = begin();
    }

    /** Starts the service and does not wait for it. */
    static Machine begin(String name, Host host, Path program, Path logs) {
        return new Machine(name, host, program, logs);
    }

    private HostProcess begin() {
        Path log = logs.resolve(name + "-" + ++starts + ".log");
        String listen = host.address() + ":" + Lab.PORT;
        return host.start(log, List.of(program.toString(), "machine", "--name", name, "--listen", listen));
    }

    Machine awaitListening() {
        service.awaitListening(Lab.PORT);
        return this;
    }

    void start() {
        service = begin();
        awaitListening();
    }

    void kill() {
        service.kill();
    }

    void freeze() {
        service.freeze();
    }

    void thaw() {
        service.thaw();
    }

    /** The cable first: a machine without power says no goodbye. */
    void cutPower() {
        host.unplug();
        service.kill();
    }

    void boot() {
        host.plugIn();
        start();
    }

    int stop() {
        return service.stop();
    }

    /** Answers no more pings, as behind a firewall that eats them; the service goes on. */
    void ignorePings(boolean ignore) {
        String value = ignore ? "1" : "0";
        host.run("echo " + value + " > /proc/sys/net/ipv4/icmp_echo_ignore_all");
    }
}

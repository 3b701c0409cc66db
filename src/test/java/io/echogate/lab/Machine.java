package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host with a service on it: a machine service, or a {@link RogueMain rogue} one. */
final class Machine {
    private final String name;
    private final Host host;
    private final List<String> command;
    private final Path logs;
    private int starts;
    private @Nullable HostProcess service;

    private Machine(String name, Host host, List<String> command, Path logs) {
        this.name = name;
        this.host = host;
        this.command = command;
        this.logs = logs;
    }

    /** The service of the distribution, not yet started. */
    static Machine real(String name, Host host, Path program, Path logs) {
        String listen = host.address() + ":" + Lab.PORT;
        List<String> command = List.of(program.toString(), "machine", "--name", name, "--listen", listen);
        return new Machine(name, host, command, logs);
    }

    static Machine rogue(String name, Host host, Path logs) {
        return new Machine(name, host, Run.java(RogueMain.class, name, host.address(), Lab.PORT + ""), logs);
    }

    Host host() {
        return host;
    }

    /** Starts the service and does not wait for it. */
    Machine begin() {
        service = host.start(logs.resolve(host.name() + "-" + ++starts + ".log"), command);
        return this;
    }

    /** Waits until it has answered its own host for the first time: a cold JVM listens long before. */
    Machine awaitAnswer() {
        service().awaitListening(Lab.PORT);
        String own = host.address().equals(Host.NOWHERE) ? "127.0.0.1" : host.address();
        host.run("curl -sS -o /dev/null --max-time 15 http://" + own + ":" + Lab.PORT + "/ping");
        return this;
    }

    void start() {
        begin().awaitAnswer();
    }

    private HostProcess service() {
        if (service == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return service;
    }

    void kill() {
        service().kill();
    }

    void freeze() {
        service().freeze();
    }

    void thaw() {
        service().thaw();
    }

    /** Has a rogue answer in that manner from now on. */
    void behave(RogueMain.Manner manner) {
        service().order(manner.name());
    }

    /** The cable first: a machine without power says no goodbye. */
    void cutPower() {
        host.unplug();
        kill();
    }

    void boot() {
        host.plugIn();
        start();
    }

    int stop() {
        return service().stop();
    }
}

package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;

/**
 * One host on the {@link Switch}.
 *
 * @param name of its port on the switch
 * @param namespace its network namespace
 * @param bridge the switch's namespace
 */
record Host(String name, String address, String namespace, String bridge) {
    /** Pulls the cable at the switch: what the host had to say no longer gets out. */
    void unplug() {
        Run.line("ip -n " + bridge + " link set " + name + " down");
    }

    void plugIn() {
        Run.line("ip -n " + bridge + " link set " + name + " up");
    }

    /** Runs a line of shell on this host. */
    void run(String shell) {
        Run.now(Run.inside(namespace, List.of("sh", "-c", shell)).toArray(String[]::new));
    }

    /** Starts a program on this host; its output goes to the file. */
    HostProcess start(Path log, List<String> command) {
        return HostProcess.start(namespace, log, command);
    }
}

package io.echogate.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One host on the {@link Switch}.
 *
 * @param name of its port on the switch
 * @param address its own; {@link #NOWHERE} for one that has none of its own
 * @param namespace its network namespace
 * @param bridge the switch's namespace
 */
record Host(String name, String address, String namespace, String bridge) {
    static final String NOWHERE = "0.0.0.0";

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

    /** Adds a rule to this host's packet filter, as {@code iptables -A} takes it. */
    void filter(String rule) {
        run("iptables -w -A " + rule);
    }

    /** Drops every rule of this host's packet filter. */
    void filterNothing() {
        run("iptables -w -F");
    }

    /** Lets the line from this host to the switch carry that many bits per second, in bursts of that many bytes. */
    void slowLine(int bitsPerSecond, int burst) {
        run("tc qdisc add dev eth0 root tbf rate " + bitsPerSecond + "bit burst " + burst + " latency 3000ms");
    }

    void fastLine() {
        run("tc qdisc del dev eth0 root");
    }

    /** Answers to that address from now on and tells everybody so, by gratuitous ARP. */
    void takeAddress(String taken) {
        run("ip addr add " + taken + "/24 dev eth0");
        announce(taken);
    }

    /** Tells everybody whose its own address is. */
    void announce() {
        announce(address);
    }

    private void announce(String held) {
        run("arping -q -U -c 2 -I eth0 " + held + " >/dev/null 2>&1 &");
    }

    void leaveAddress(String taken) {
        run("ip addr del " + taken + "/24 dev eth0");
    }

    /** Starts a program on this host; its output goes to the file. */
    HostProcess start(Path log, List<String> command) {
        return HostProcess.start(namespace, log, command);
    }

    /** The same for a program that takes its names from that {@code resolv.conf} instead of this machine's. */
    HostProcess start(Path log, Path resolvConf, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
        whole.add("mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"");
        whole.add(resolvConf.toString());
        whole.addAll(command);
        return start(log, whole);
    }
}

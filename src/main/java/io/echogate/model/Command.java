package io.echogate.model;

import java.net.InetSocketAddress;

/** A message to the one writer of the fleet. May be sent from any thread; never waits. */
public sealed interface Command {
    /** A question was answered, failed or is overdue. */
    record Heard(Echo echo) implements Command {}

    /** A member's name resolved. */
    record Resolved(String member, InetSocketAddress address) implements Command {}

    /** What the host allows for ICMP became known or changed. */
    record IcmpIs(Icmp icmp) implements Command {}

    /**
     * A witness was asked whether we are well connected.
     *
     * @param address the witness
     * @param answered it did
     * @param atNanos monotonic time of asking
     */
    record Witness(String address, boolean answered, long atNanos) implements Command {}
}

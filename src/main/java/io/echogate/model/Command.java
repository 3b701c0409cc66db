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
     * The asking was not looking: this process was suspended, starved or collecting garbage.
     *
     * @param nanos for how long, beyond what is usual
     */
    record Missed(long nanos) implements Command {}

    /**
     * A witness was asked by ICMP: an address that answers while we ourselves are well.
     *
     * @param answered within the time-out
     * @param atNanos monotonic time at which it became known
     * @param address of the witness, for people
     */
    record Witness(boolean answered, long atNanos, String address) implements Command {}
}

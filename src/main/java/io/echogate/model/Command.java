package io.echogate.model;

import java.net.InetSocketAddress;

/** A message to the one writer of the fleet. May be sent from any thread; never waits. */
public sealed interface Command {
    /** A question was answered, failed or is overdue. */
    record Heard(Echo echo) implements Command {}

    /**
     * How a member treated clients' requests on one relay loop since that loop's last word about it.
     *
     * @param atNanos monotonic time of the newest of them
     * @param good answers passed on whole
     * @param errors answers with 500, 502, 503 or 504
     * @param broken answers broken off, standing still, invalid or missing
     * @param client number of a client connection that had an error or a broken one, meaningful if there was any
     * @param several more than one client connection had
     */
    record Carried(String member, long atNanos, int good, int errors, int broken, long client, boolean several)
            implements Command {}

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

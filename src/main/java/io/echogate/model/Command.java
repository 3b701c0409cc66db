package io.echogate.model;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * An operator wants something of a member.
     *
     * @param force also when nobody as well as that member would be left to serve
     * @param reply is told once the snapshot that shows it is published: null when the order holds, else why not. Called
     *     on the writer's thread: it must only post and return
     */
    record Ordered(String member, Order order, boolean force, Consumer<@Nullable String> reply) implements Command {}

    /**
     * A member's failure is to be played.
     *
     * @param drill its beginning is the writer's to say
     * @param force also when nobody as well as that member would be left to serve
     * @param reply as of {@link Ordered}
     */
    record Drilled(Drill drill, boolean force, Consumer<@Nullable String> reply) implements Command {}

    /**
     * It has been played for long enough.
     *
     * @param why for people
     * @param reply as of {@link Ordered}
     */
    record DrillEnds(String member, String why, Consumer<@Nullable String> reply) implements Command {}

    /**
     * Somebody says something about an incident.
     *
     * @param remark what, and about which
     * @param reply as of {@link Ordered}
     */
    record Remarked(Detail.Remark remark, Consumer<@Nullable String> reply) implements Command {}

    /**
     * What an earlier run knew has been read. The configuration wins over it, and so does what was heard meanwhile.
     *
     * @param verdicts of members that it had
     * @param incidents that lasted when it ended
     */
    record Recalled(List<Recollection> verdicts, List<Incident> incidents) implements Command {}

    /** Somebody's order may have come to its end: the writer looks at all of them. */
    record Lapse() implements Command {}

    /**
     * The deadline of an order has cut what still ran at its member.
     *
     * @param count requests and tunnels that ended without their answer
     */
    record Cut(String member, long count) implements Command {}
}

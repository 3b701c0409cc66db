package io.echogate.model;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One service on one machine, as a place in the ordered pool; or a machine or service that is only watched. Immutable,
 * part of one {@link Fleet}.
 *
 * @param index place in the pool, 0 first; those who are only watched go on behind it; stable within an epoch
 * @param name as configured, unique
 * @param url as configured
 * @param ask how it is asked
 * @param address where to connect; null until the name has resolved once; the last good one while it does not
 * @param verdict state, cause, since when and why
 * @param since wall-clock time of {@code verdict.sinceNanos}
 * @param order what the operator wants
 * @param proven has answered as expected at least once in this epoch: only proven members get requests
 * @param serving would get requests now: {@link Intent#READY}, in the best state that anybody is in, and in a tier that
 *     has its turn
 * @param servingSince wall-clock time since when it has been serving without a break; null while it is not
 * @param pressedNanos when a client's request was last found to have waited for unusually long at this member, reason to
 *     ask it at once; {@link Long#MIN_VALUE} for never
 * @param host the machine, by ICMP
 * @param service the service, by HTTP
 * @param standing its weight and tier
 * @param group what it is shown under; empty: none
 */
public record Member(
        int index,
        String name,
        String url,
        Ask ask,
        @Nullable InetSocketAddress address,
        Verdict verdict,
        Instant since,
        Order order,
        boolean proven,
        boolean serving,
        @Nullable Instant servingSince,
        long pressedNanos,
        HostView host,
        ServiceView service,
        Standing standing,
        String group) {
    /** One of the pool, without a group. */
    public Member(
            int index,
            String name,
            String url,
            @Nullable InetSocketAddress address,
            Verdict verdict,
            Instant since,
            Order order,
            boolean proven,
            boolean serving,
            long pressedNanos,
            HostView host,
            ServiceView service,
            Standing standing) {
        this(
                index,
                name,
                url,
                Ask.PING,
                address,
                verdict,
                since,
                order,
                proven,
                serving,
                null,
                pressedNanos,
                host,
                service,
                standing,
                "");
    }

    public State state() {
        return verdict.state();
    }

    public Cause cause() {
        return verdict.cause();
    }

    /** What the operator wants. */
    public Intent intent() {
        return order.intent();
    }

    /** Nobody knows since when, unless it was so before. */
    public Member withServing(boolean now) {
        return withServing(now, now == serving ? servingSince : null);
    }

    public Member withServing(boolean now, @Nullable Instant at) {
        return now == serving && Objects.equals(at, servingSince)
                ? this
                : new Member(
                        index,
                        name,
                        url,
                        ask,
                        address,
                        verdict,
                        since,
                        order,
                        proven,
                        now,
                        at,
                        pressedNanos,
                        host,
                        service,
                        standing,
                        group);
    }
}

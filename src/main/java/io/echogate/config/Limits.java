package io.echogate.config;

import java.time.Duration;

/**
 * What a client may send and hold, and what a member is given at once; YAML section {@code limits}.
 *
 * @param head bytes of a request's or answer's head, start line included; default 32 KiB
 * @param headers number of header fields; default 100
 * @param target bytes of a request target; default 8 KiB; at most {@code head}
 * @param body bytes of a request's body, 0 for no limit; default 0
 * @param connections of clients at once; default 20,000
 * @param idlePerMember kept-alive upstream connections per member and event loop; default 1,024
 * @param proofs of how many requests the proof is kept, per event loop, 0 for none; default 1,000
 * @param inFlightPerMember requests that a member is given at once, tunnels apart, 0 for no limit; default 2,000
 * @param queue requests that wait, all together, when every member has as many as it may; default 1,000
 * @param queueTimeout how long they wait; default 1 s
 */
public record Limits(
        int head,
        int headers,
        int target,
        long body,
        int connections,
        int idlePerMember,
        int proofs,
        int inFlightPerMember,
        int queue,
        Duration queueTimeout) {
    public static final Limits DEFAULT =
            new Limits(32 * 1024, 100, 8 * 1024, 0, 20_000, 1_024, 1_000, 2_000, 1_000, Duration.ofSeconds(1));
}

package io.echogate.model;

import java.time.Instant;

/**
 * What an earlier run of the monitor last concluded about a member.
 *
 * @param member its name
 * @param url as it was configured then: a member that has moved is another one
 * @param state never {@link State#UNKNOWN}
 * @param cause of the verdict
 * @param since when the state was reached
 * @param why of the verdict
 * @param at when that run was last known to be alive
 */
public record Recollection(
        String member, String url, State state, Cause cause, Instant since, String why, Instant at) {}

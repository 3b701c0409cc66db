package io.echogate.lab;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/**
 * What the {@link WitnessMain witness} inside the lab saw, one line of JSON each. Times are {@code CLOCK_MONOTONIC} in
 * nanoseconds, which all processes of one Linux kernel share.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "saw")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sighting.Verdict.class, name = "verdict"),
    @JsonSubTypes.Type(value = Sighting.Isolated.class, name = "isolated"),
    @JsonSubTypes.Type(value = Sighting.Echoed.class, name = "echoed"),
    @JsonSubTypes.Type(value = Sighting.Carried.class, name = "carried"),
    @JsonSubTypes.Type(value = Sighting.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Sighting.Watched.class, name = "watched"),
    @JsonSubTypes.Type(value = Sighting.Total.class, name = "total"),
    @JsonSubTypes.Type(value = Sighting.Got.class, name = "got")
})
sealed interface Sighting {
    long at();

    /** The fleet's JSON showed a member differently than the time before. */
    record Verdict(long at, String member, String state, String cause) implements Sighting {}

    /** The fleet's JSON said that the monitor itself is cut off, or no longer. */
    record Isolated(long at, boolean isolated) implements Sighting {}

    /** The fleet's JSON showed a newer echo of a member's service. */
    record Echoed(long at, String member) implements Sighting {}

    /** A client's answers began to come from another member. */
    record Carried(long at, String client, String member) implements Sighting {}

    /** A client's request, or the watching itself, failed. */
    record Failed(long at, String client, String reason) implements Sighting {}

    /** How often the fleet's JSON was read since the rest before, and the longest time between two readings. */
    record Watched(long at, int readings, double longestGapMillis) implements Sighting {}

    /** A client's whole work, when the load ends. Latency counts from when the request was due. */
    record Total(long at, String client, int sent, int failed, double worstMillis, Map<String, Integer> byMember)
            implements Sighting {}

    /** The answer to a single request that the test asked for. */
    record Got(long at, int status, Map<String, String> fields, String body) implements Sighting {}
}

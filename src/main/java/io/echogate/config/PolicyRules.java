package io.echogate.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a member is chosen for a request; top-level YAML keys {@code policy}, {@code joinBelow} and {@code slowStart}, and
 * the sections {@code hash} and {@code sticky}.
 *
 * @param name which policy; default {@code first}
 * @param joinBelow the next tier joins while fewer members than this of the better ones are UP; default 1: when none is
 * @param slowStart for how long the share of a member that has come back grows from 10 % to all; default 10 s, zero: it
 *     has all at once
 * @param hash for {@code policy: hash}
 * @param sticky for {@code policy: sticky}
 */
public record PolicyRules(PolicyName name, int joinBelow, Duration slowStart, Hash hash, Sticky sticky) {
    public static final PolicyRules DEFAULT = new PolicyRules(
            PolicyName.FIRST, 1, Duration.ofSeconds(10), new Hash(Key.CLIENT, null), new Sticky("echogate", null));

    /** The same rules for another policy. */
    public PolicyRules with(PolicyName other) {
        return new PolicyRules(other, joinBelow, slowStart, hash, sticky);
    }

    /** What of a request is hashed. */
    public enum Key {
        /** The first header field of that name. */
        HEADER,
        /** The first cookie of that name. */
        COOKIE,
        /** The target's path, without its query. */
        PATH,
        /** The client's address, without its port. */
        CLIENT
    }

    /**
     * Section {@code hash}.
     *
     * @param on what is hashed; default the client's address
     * @param name of the header field or the cookie; null for the others
     */
    public record Hash(Key on, @Nullable String name) {}

    /**
     * Section {@code sticky}.
     *
     * @param cookie its name; default {@code echogate}
     * @param secretFile what cookies are signed with; null: a secret made at start, and stickiness ends with a restart
     */
    public record Sticky(String cookie, @Nullable String secretFile) {}
}

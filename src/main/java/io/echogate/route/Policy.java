package io.echogate.route;

import io.echogate.config.PolicyName;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import org.jspecify.annotations.Nullable;

/** How a member is chosen for a request among those in rotation. Pure; shared by all loops. */
@FunctionalInterface
public interface Policy {
    /** The member to try next, or null when nobody that was not tried can be connected to. */
    @Nullable
    Member choose(Fleet fleet, Tried tried);

    /** The policy of that name. */
    static Policy of(PolicyName name) {
        return switch (name) {
            case FIRST -> First::choose;
        };
    }
}

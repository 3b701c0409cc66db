package io.echogate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the public is shown: only what is named here, by the names that are given here.
 *
 * @param title of the page
 * @param listen where the page is served and nothing else; null: only beside the rest
 * @param components in the order in which they are shown; empty: there is no public page
 * @param incidents whether past failures are told
 */
public record StatusRules(String title, @Nullable HostPort listen, List<Component> components, boolean incidents) {
    /** There is no public page. */
    public static final StatusRules OFF = new StatusRules("Status", null, List.of(), true);

    /**
     * What is shown as one thing.
     *
     * @param name for the public
     * @param members names of members and of those who are only watched; at least one
     * @param all true: it works when all of them do; else when one of them does
     */
    public record Component(String name, List<String> members, boolean all) {
        public Component {
            members = List.copyOf(members);
        }
    }

    public StatusRules {
        components = List.copyOf(components);
    }

    /** True when there is something to show. */
    public boolean enabled() {
        return !components.isEmpty();
    }
}

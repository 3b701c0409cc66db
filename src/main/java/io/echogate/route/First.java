package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first in rotation: best state first, then the lowest tier, then the order of preference. Remembers nothing. */
final class First implements Policy {
    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        return next(fleet, tried);
    }

    /** The first in rotation that was not tried. As long as there have been attempts, whatever the fleet's size. */
    static @Nullable Member next(Fleet fleet, Tried tried) {
        List<Member> rotation = fleet.rotation();
        for (int i = 0; i < rotation.size(); i++) {
            Member m = rotation.get(i);
            if (m.address() != null && !tried.bars(m.index())) {
                return m;
            }
        }
        return null;
    }
}

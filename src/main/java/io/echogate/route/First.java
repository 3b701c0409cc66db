package io.echogate.route;

import io.echogate.model.Fleet;
import io.echogate.model.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first in rotation: best state first, then the order of preference. */
final class First {
    private First() {}

    static @Nullable Member choose(Fleet fleet, Tried tried) {
        List<Member> rotation = fleet.rotation();
        for (int i = 0; i < rotation.size(); i++) {
            Member m = rotation.get(i);
            if (m.address() != null && !tried.has(m.index())) {
                return m;
            }
        }
        return null;
    }
}

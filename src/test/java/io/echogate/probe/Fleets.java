package io.echogate.probe;

import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.HostView;
import io.echogate.model.Icmp;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.ServiceView;
import io.echogate.model.Standing;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Snapshots as the fleet's writer would publish them. */
final class Fleets {
    private Fleets() {}

    /** All members of the configuration in that state. */
    static Fleet of(Config config, State state, long seq) {
        List<Member> members = new ArrayList<>();
        for (MemberConfig m : config.members()) {
            Verdict verdict = new Verdict(state, Cause.NONE, 0, "");
            members.add(new Member(
                    members.size(),
                    m.name(),
                    m.url(),
                    null,
                    verdict,
                    Instant.EPOCH,
                    Order.READY,
                    true,
                    true,
                    Long.MIN_VALUE,
                    HostView.UNASKED,
                    ServiceView.UNASKED,
                    Standing.DEFAULT));
        }
        return new Fleet(
                1, seq, seq, 0, Instant.EPOCH, 0, false, false, Icmp.UNTRIED, null, members, members, List.of());
    }
}

package io.echogate.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keys that say how a member is chosen → {@link PolicyRules}. */
final class PolicyMapping {
    private PolicyMapping() {}

    static PolicyRules read(Section top, int maxMembers) {
        PolicyRules usual = PolicyRules.DEFAULT;
        PolicyName name = top.value("policy", Rules.policy(), usual.name());
        int joinBelow = top.value("joinBelow", Rules.whole(1, maxMembers), usual.joinBelow());
        Rule<Duration> hour = Rules.duration(Duration.ZERO, Duration.ofHours(1));
        Duration slowStart = top.value("slowStart", hour, usual.slowStart());
        PolicyRules.Hash hash = hash(top.section("hash"), usual.hash());
        return new PolicyRules(name, joinBelow, slowStart, hash, sticky(top.section("sticky"), usual.sticky()));
    }

    private static PolicyRules.Hash hash(Section in, PolicyRules.Hash usual) {
        PolicyRules.Key on = in.value("on", Rules.hashKey(), usual.on());
        @Nullable String name = in.value("name", Rules.name(), null);
        return new PolicyRules.Hash(on, name);
    }

    private static PolicyRules.Sticky sticky(Section in, PolicyRules.Sticky usual) {
        String cookie = in.value("cookie", Rules.name(), usual.cookie());
        @Nullable String file = in.value("secretFile", Rules.file("/etc/echogate/sticky.key"), null);
        return new PolicyRules.Sticky(cookie, file);
    }
}

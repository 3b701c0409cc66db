package io.echogate.app;

import io.echogate.config.Config;
import io.echogate.config.MemberConfig;
import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a configuration has members chosen, in words for {@code check}. */
final class ChoiceLines {
    private static final int NAMED = 8;

    private ChoiceLines() {}

    static List<String> of(Config config) {
        PolicyRules rules = config.policy();
        Map<Integer, List<MemberConfig>> tiers = config.members().stream()
                .collect(Collectors.groupingBy(MemberConfig::priority, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        String verb = rules.name() == PolicyName.FIRST
                ? "requests go to the first that is up of "
                : "requests are shared (" + rules.name().word() + ") by ";
        for (List<MemberConfig> tier : tiers.values()) {
            lines.add((lines.isEmpty() ? verb : "  then ") + names(tier));
        }
        if (lines.size() > 1) {
            lines.add("  each joins while fewer than " + rules.joinBelow() + " of those before it are up");
        }
        if (rules.name() == PolicyName.STICKY && rules.sticky().secretFile() == null) {
            lines.add("  sticky.secretFile is not set: stickiness ends with a restart");
        }
        return lines;
    }

    private static String names(List<MemberConfig> tier) {
        String named = tier.stream()
                .limit(NAMED)
                .map(m -> m.name() + (m.weight() == 1 ? "" : " ×" + m.weight()))
                .collect(Collectors.joining(", "));
        return tier.size() > NAMED ? named + " and " + (tier.size() - NAMED) + " more" : named;
    }
}

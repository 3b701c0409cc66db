package io.echogate.fleet;

import io.echogate.config.Config;
import io.echogate.judge.WorstCase;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What incidents are told by besides events.
 *
 * @param epoch begins the ids of this run's incidents
 * @param machines each member's host as configured: members of one host are on one machine
 * @param promised the computed worst case for each cause that has one
 * @param alone the same for members that are asked by ICMP alone
 */
record CaseRules(long epoch, Map<String, String> machines, Map<Cause, Duration> promised, Map<String, Duration> alone) {
    CaseRules {
        machines = Map.copyOf(machines);
        promised = Map.copyOf(promised);
        alone = Map.copyOf(alone);
    }

    static CaseRules of(Config config, long epoch) {
        Map<String, String> machines = new HashMap<>();
        config.everybody()
                .forEach(asked -> machines.put(asked.name(), asked.address().host()));
        Map<String, Duration> alone = new HashMap<>();
        config.everybody()
                .filter(asked -> asked.ask() == Ask.ICMP)
                .forEach(asked -> alone.put(
                        asked.name(), WorstCase.of(config).watchedOff().total()));
        Map<Cause, Duration> promised = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            WorstCase.Line line = line(WorstCase.of(config), cause);
            if (line != null) {
                promised.put(cause, line.total());
            }
        }
        return new CaseRules(epoch, machines, promised, alone);
    }

    private static WorstCase.@Nullable Line line(WorstCase worst, Cause cause) {
        return switch (cause) {
            case FROZEN, SLOW -> worst.frozen();
            case HOST_SILENT -> worst.off();
            case PORT_SILENT, ISOLATED -> worst.uncorroborated();
            case PORT_CLOSED, WRONG_ANSWER, BROKEN, TLS -> worst.killed();
            case NONE, UNRESOLVED -> null;
        };
    }

    /** How soon that was to be noticed of the member; null where nothing is computed. */
    @Nullable
    Duration promised(String member, Cause cause) {
        Duration byIcmp = alone.get(member);
        return byIcmp == null ? promised.get(cause) : byIcmp;
    }

    /** The member's host, or null for one that is not configured. */
    @Nullable
    String machine(String member) {
        return machines.get(member);
    }
}

package io.echogate.page;

import io.echogate.config.StatusRules.Component;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one component is doing, in the public's words.
 *
 * @param component what it is made of; of that only its name is told
 * @param since null while nothing is known
 */
record Seen(Component component, Word word, @Nullable Instant since) {
    /** The worst first, as far as a headline goes. */
    enum Word {
        DOWN("down", "✕", "status.down"),
        DEGRADED("degraded", "◐", "status.degraded"),
        UNKNOWN("unknown", "○", "status.unknown"),
        MAINTENANCE("maintenance", "◆", "status.maintenance"),
        OPERATIONAL("operational", "●", "status.operational");

        private final String code;
        private final String shape;
        private final String key;

        Word(String code, String shape, String key) {
            this.code = code;
            this.shape = shape;
            this.key = key;
        }

        /** For machines. */
        String code() {
            return code;
        }

        String shape() {
            return shape;
        }

        /** For people, in any language. */
        String in(Words words) {
            return words.t(key);
        }
    }

    /** @param member the one of that name, or null */
    static Seen of(Component component, Fleet fleet, Function<String, @Nullable Member> member) {
        List<Member> members = component.members().stream()
                .map(member)
                .filter(Objects::nonNull)
                .toList();
        Word word = component.all() ? ofAll(members) : ofAny(members);
        return new Seen(component, word, since(component, word, members, fleet));
    }

    private static Word ofAny(List<Member> members) {
        boolean works = any(members, m -> is(m, State.UP));
        boolean limps = any(members, m -> is(m, State.SUSPECT) || is(m, State.RECOVERING));
        boolean fails = any(members, m -> is(m, State.DOWN));
        if (works) {
            return fails || any(members, m -> is(m, State.RECOVERING)) ? Word.DEGRADED : Word.OPERATIONAL;
        }
        if (limps || fails) {
            return limps ? Word.DEGRADED : Word.DOWN;
        }
        boolean planned = !members.isEmpty() && members.stream().allMatch(Seen::planned);
        return planned ? Word.MAINTENANCE : Word.UNKNOWN;
    }

    private static Word ofAll(List<Member> members) {
        if (any(members, m -> is(m, State.DOWN))) {
            return Word.DOWN;
        }
        if (members.isEmpty() || any(members, m -> is(m, State.UNKNOWN))) {
            return Word.UNKNOWN;
        }
        if (any(members, Seen::planned)) {
            return Word.MAINTENANCE;
        }
        return members.stream().allMatch(m -> is(m, State.UP)) ? Word.OPERATIONAL : Word.DEGRADED;
    }

    private static boolean any(List<Member> members, Predicate<Member> what) {
        return members.stream().anyMatch(what);
    }

    private static boolean planned(Member m) {
        return m.intent() != Intent.READY;
    }

    private static boolean is(Member m, State state) {
        return !planned(m) && m.state() == state;
    }

    /** One member is enough to fail where all are needed; else it is the last one that decides. */
    private static @Nullable Instant since(Component component, Word word, List<Member> members, Fleet fleet) {
        Stream<Instant> all = switch (word) {
            case UNKNOWN -> Stream.empty();
            case DOWN -> members.stream().filter(m -> is(m, State.DOWN)).map(m -> failed(m, fleet));
            case MAINTENANCE -> members.stream().filter(Seen::planned).map(m -> ordered(m));
            case DEGRADED, OPERATIONAL -> members.stream().map(Member::since);
        };
        Comparator<Instant> order = component.all() && (word == Word.DOWN || word == Word.MAINTENANCE)
                ? Comparator.reverseOrder()
                : Comparator.naturalOrder();
        return all.max(order).orElse(null);
    }

    private static Instant ordered(Member m) {
        Instant since = m.order().since();
        return since == null ? m.since() : since;
    }

    /** When its failure began, which may be longer ago than its newest verdict. */
    private static Instant failed(Member m, Fleet fleet) {
        for (Incident incident : fleet.incidents().reversed()) {
            if (incident.open() && incident.members().contains(m.name())) {
                Instant bad = incident.firstBad();
                return bad == null ? incident.named() : bad;
            }
        }
        return m.since();
    }
}

package io.echogate.config;

import io.echogate.config.ConfigMapping.Placed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between keys, with the arithmetic in the message. A relation one side of which has a fault of its own
 * is passed over: the default that stands in for it proves nothing.
 */
final class Relations {
    /** Questions to one member that may wait for an answer at the same time. */
    private static final int MAX_QUESTIONS = 100;

    /** Room for the head in an answer to a ping. */
    static final int PING_HEAD = 512;

    private final Config config;
    private final List<Placed> members;
    private final Notes notes;
    private final Set<String> faulty;

    private Relations(ConfigMapping read, Notes notes) {
        this.config = read.config();
        this.members = read.members();
        this.notes = notes;
        this.faulty = notes.faulty();
    }

    static void check(ConfigMapping read, Notes notes) {
        Relations relations = new Relations(read, notes);
        relations.failoverFits();
        relations.pings();
        relations.doubts();
        relations.questionsAtOnce();
        relations.sizes();
        relations.hedges();
        relations.listeners();
        relations.distinct("name", Placed::name, Placed::name);
        relations.distinct(
                "url",
                Relations::where,
                placed -> placed.url() == null ? "" : placed.url().written());
        relations.members.forEach(relations::noLoop);
        PolicyRelations.check(read, notes);
        WatchRelations.check(read, notes);
    }

    private void failoverFits() {
        CarryRules carry = config.carry();
        int attempts = 1 + carry.furtherAttempts();
        Duration needed = Units.times(carry.connectTimeout().plus(carry.firstByteTimeout()), attempts);
        refuse(
                longer(needed, carry.requestTimeout()),
                "requestTimeout",
                "failover could not happen: (1 + furtherAttempts " + carry.furtherAttempts() + ") × (connectTimeout "
                        + text(carry.connectTimeout()) + " + firstByteTimeout " + text(carry.firstByteTimeout())
                        + ") = " + text(needed) + ", but requestTimeout is " + text(carry.requestTimeout()),
                "at least " + text(needed),
                "furtherAttempts",
                "connectTimeout",
                "firstByteTimeout");
    }

    private void pings() {
        PingRules ping = config.ping();
        notOverTenPolls("ping.timeout", ping.timeout());
        notOverTenPolls("icmp.timeout", config.icmp().timeout());
        refuse(
                longer(ping.downFreq(), ping.downFreqMax()),
                "ping.downFreqMax",
                text(ping.downFreqMax()) + " is shorter than ping.downFreq " + text(ping.downFreq())
                        + ", from which it grows",
                "at least " + text(ping.downFreq()),
                "ping.downFreq");
        int body = ping.body().getBytes(StandardCharsets.UTF_8).length;
        refuse(
                ping.answerLimit() < body + PING_HEAD,
                "ping.answerLimit",
                Units.size(ping.answerLimit()) + " has no room for ping.body (" + body + " bytes) and a head of "
                        + PING_HEAD,
                "at least " + Units.size(body + PING_HEAD),
                "ping.body");
    }

    private void notOverTenPolls(String key, Duration timeout) {
        Duration most = Units.times(config.pollFreq(), 10);
        refuse(
                longer(timeout, most),
                key,
                text(timeout) + " is longer than 10 × pollFreq " + text(config.pollFreq()) + " = " + text(most)
                        + ": questions would pile up",
                "at most " + text(most),
                "pollFreq");
    }

    private void doubts() {
        PingRules ping = config.ping();
        refuse(
                longer(ping.timeout(), ping.listenLate()),
                "ping.listenLate",
                text(ping.listenLate()) + " is shorter than ping.timeout " + text(ping.timeout())
                        + ": there would be no late answer to hear",
                "at least " + text(ping.timeout()),
                "ping.timeout");
        refuse(
                longer(ping.doubtAfter(), ping.timeout()),
                "ping.doubtAfter",
                text(ping.doubtAfter()) + " is longer than ping.timeout " + text(ping.timeout())
                        + ": doubt would never come",
                "at most " + text(ping.timeout()),
                "ping.timeout");
        refuse(
                longer(ping.doubtFreq(), config.pollFreq()),
                "ping.doubtFreq",
                text(ping.doubtFreq()) + " is longer than pollFreq " + text(config.pollFreq())
                        + ": doubt would ask less often than trust",
                "at most " + text(config.pollFreq()),
                "pollFreq");
    }

    private void questionsAtOnce() {
        PingRules ping = config.ping();
        long questions = ping.listenLate().toNanos() / ping.doubtFreq().toNanos();
        refuse(
                questions > MAX_QUESTIONS,
                firstWritten("ping.listenLate", "ping.doubtFreq", "ping.timeout", "pollFreq"),
                "ping.listenLate " + text(ping.listenLate()) + " / ping.doubtFreq " + text(ping.doubtFreq()) + " = "
                        + questions + " questions to one member at the same time",
                "at most " + MAX_QUESTIONS,
                "ping.listenLate",
                "ping.doubtFreq",
                "ping.timeout",
                "pollFreq");
    }

    private void sizes() {
        Limits limits = config.limits();
        refuse(
                limits.target() > limits.head(),
                "limits.target",
                Units.size(limits.target()) + " is more than limits.head " + Units.size(limits.head())
                        + ", of which it is a part",
                "at most " + Units.size(limits.head()),
                "limits.head");
    }

    private void hedges() {
        HedgeRules hedge = config.carry().hedge();
        refuse(
                longer(hedge.floor(), hedge.ceiling()),
                "hedge.ceiling",
                text(hedge.ceiling()) + " is shorter than hedge.floor " + text(hedge.floor()),
                "at least " + text(hedge.floor()),
                "hedge.floor");
    }

    private void listeners() {
        refuse(
                collide(config.listen(), config.admin()),
                firstWritten("admin", "listen"),
                "admin " + config.admin() + " and listen " + config.listen() + " are the same address",
                "two addresses or two ports",
                "admin",
                "listen");
        HostPort open = config.status().listen();
        if (open != null) {
            apart(open, "listen", config.listen());
            apart(open, "admin", config.admin());
        }
    }

    private void apart(HostPort open, String other, HostPort address) {
        refuse(
                collide(open, address),
                "status.listen",
                open + " and " + other + " " + address + " are the same address",
                "two addresses or two ports",
                other);
    }

    private void noLoop(Placed placed) {
        if (placed.url() == null) {
            return;
        }
        HostPort address = placed.url().address();
        String key = placed.key() + ".url";
        refuse(
                reaches(address, config.listen()),
                key,
                address + " is where we listen ourselves (listen " + config.listen()
                        + "): requests would go in circles",
                "another address",
                "listen");
        refuse(
                reaches(address, config.admin()),
                key,
                address + " is where our own page is (admin " + config.admin() + ")",
                "another address, or another admin",
                "admin");
        HostPort open = config.status().listen();
        refuse(
                open != null && reaches(address, open),
                key,
                address + " is where our own public page is (status.listen " + open + ")",
                "another address, or another status.listen",
                "status.listen");
    }

    private static @Nullable String where(Placed placed) {
        return placed.url() == null ? null : Addresses.canonical(placed.url().address());
    }

    private void distinct(
            String field, Function<Placed, @Nullable String> of, Function<Placed, @Nullable String> written) {
        Map<String, Placed> seen = new HashMap<>();
        for (Placed placed : members) {
            String value = of.apply(placed);
            Placed first = value == null ? null : seen.putIfAbsent(value, placed);
            if (first != null) {
                String key = placed.key() + "." + field;
                int line = notes.at(first.key() + "." + field).line();
                String problem = "is already the " + field + " of " + first.key() + " in line " + line;
                String shown = Rule.shown(String.valueOf(written.apply(placed)));
                refuse(true, key, shown + " " + problem, "each member once");
            }
        }
    }

    /** Whether two listeners would want the same port of the same address. */
    private static boolean collide(HostPort a, HostPort b) {
        return a.port() != 0
                && a.port() == b.port()
                && (Addresses.isWildcard(a)
                        || Addresses.isWildcard(b)
                        || Addresses.canonical(a).equals(Addresses.canonical(b)));
    }

    /** Whether a connection to {@code target} would end at our listener. A wildcard takes in all of the loopback net. */
    private static boolean reaches(HostPort target, HostPort listener) {
        return target.port() == listener.port()
                && (Addresses.canonical(target).equals(Addresses.canonical(listener))
                        || (Addresses.isWildcard(listener) && Addresses.isLoopback(target)));
    }

    private static boolean longer(Duration a, Duration b) {
        return a.compareTo(b) > 0;
    }

    private static String text(Duration duration) {
        return Units.text(duration);
    }

    private String firstWritten(String... keys) {
        return Stream.of(keys)
                .filter(notes.positions()::containsKey)
                .findFirst()
                .orElse(keys[0]);
    }

    private void refuse(boolean wrong, String key, String problem, String expected, String... others) {
        if (wrong && !faulty.contains(key) && Stream.of(others).noneMatch(faulty::contains)) {
            notes.add(notes.at(key), key, problem, expected);
        }
    }
}

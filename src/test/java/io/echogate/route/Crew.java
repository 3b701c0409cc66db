package io.echogate.route;

import io.echogate.clock.Chance;
import io.echogate.config.PolicyName;
import io.echogate.config.PolicyRules;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.Standing;
import io.echogate.model.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Members S1, S2, … all UP, one policy, and a clock that stands where the test puts it. */
final class Crew {
    static final long SECOND = 1_000_000_000L;
    static final byte[] SECRET = "a secret of thirty-two characters".getBytes(StandardCharsets.US_ASCII);

    final Loads loads;
    final Policy policy;
    Fleet fleet;
    long now = 50 * SECOND;

    Crew(PolicyName name, int members) {
        this(PolicyRules.DEFAULT.with(name), members);
    }

    Crew(PolicyRules rules, int members) {
        fleet = Fleets.all(
                State.UP, IntStream.range(0, members).mapToObj(Crew::address).toArray(InetSocketAddress[]::new));
        loads = new Loads(members);
        policy = Policy.of(rules, fleet, loads, Chance.seeded(7), SECRET);
    }

    private static InetSocketAddress address(int i) {
        return new InetSocketAddress("10.0." + i / 250 + "." + (i % 250 + 1), 80);
    }

    static PolicyRules hash(PolicyRules.Key on, String name) {
        PolicyRules d = PolicyRules.DEFAULT.with(PolicyName.HASH);
        return new PolicyRules(d.name(), 1, Duration.ZERO, new PolicyRules.Hash(on, name), d.sticky());
    }

    Crew weights(int... weights) {
        for (int i = 0; i < weights.length; i++) {
            fleet = Fleets.with(fleet, i, new Standing(weights[i], 1, Standing.NEVER));
        }
        return this;
    }

    Crew tier(int member, int tier) {
        fleet = Fleets.with(fleet, member - 1, new Standing(1, tier, Standing.NEVER));
        return this;
    }

    /** The member is UP again just now. */
    Crew returned(int member) {
        Standing was = fleet.at(member - 1).standing();
        fleet = Fleets.with(fleet, member - 1, new Standing(was.weight(), was.tier(), now));
        return this;
    }

    Crew state(int member, State state) {
        fleet = Fleets.with(fleet, member - 1, state);
        return this;
    }

    static Inquiry get(String... fields) {
        return from("1.2.3.4", "/", fields);
    }

    static Inquiry from(String client, String path, String... fields) {
        RequestHead head = new RequestHead(new HeadLimits(4096, 20, 1024));
        String text = "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields)
                + (fields.length == 0 ? "\r\n" : "\r\n\r\n");
        ByteBuf in = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
        if (head.feed(in) != Progress.DONE) {
            throw new IllegalArgumentException("not a request: " + text);
        }
        return new Inquiry(head, client);
    }

    /** Who gets the request after those were tried; "nobody" when nobody is left. */
    String choose(Inquiry about, int... tried) {
        Tried before = new Tried();
        for (int member : tried) {
            before.add(member - 1);
        }
        Member m = policy.choose(fleet, before, about, now);
        return m == null ? "nobody" : m.name();
    }

    /** The same, and the request stays in flight. */
    int begin() {
        Member m = policy.choose(fleet, new Tried(), get(), now);
        if (m == null) {
            throw new IllegalStateException("nobody serves");
        }
        loads.begin(m.index());
        return m.index();
    }

    /** The next ones chosen, one request after the other, as in "S1 S2 S1". */
    String inOrder(int requests) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            b.append(i == 0 ? "" : " ").append(choose(get()));
        }
        return b.toString();
    }

    /** How many of the next requests each member gets, one request after the other. */
    Map<String, Integer> shares(int requests) {
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            shares.merge(choose(get()), 1, Integer::sum);
        }
        return shares;
    }
}

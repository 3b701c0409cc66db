package io.echogate.config;

import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys → records: the one place that says which key has which rule and which default. A default gives way to what the
 * file says: only keys that are written can contradict one another.
 *
 * @param config complete, with defaults in place of whatever is wrong
 * @param members those that could be read, with their places in the file
 * @param watch likewise
 */
record ConfigMapping(Config config, List<Placed> members, List<WatchMapping.Placed> watch) {
    private static final int MAX_MEMBERS = 10_000;
    private static final int MAX_WITNESSES = 16;
    private static final String MEMBERS =
            "a list of at least one member, such as - {name: S1, url: http://1.2.3.100:3000}";
    private static final Rule<Duration> INTERVAL = Rules.duration(ms(50), Duration.ofHours(1));
    private static final Rule<Duration> CHECK = Rules.duration(ms(10), Duration.ofMinutes(1));
    private static final Rule<Duration> HEDGE = Rules.duration(ms(1), Duration.ofMinutes(1));
    private static final Rule<Duration> WAIT = Rules.duration(ms(10), Duration.ofHours(1));
    private static final Rule<Duration> LONG_WAIT = Rules.duration(ms(10), Duration.ofHours(24));
    private static final Rule<Integer> STREAK = Rules.whole(1, 32);

    /**
     * One item of the list of members, as far as it can be understood.
     *
     * @param key the path of the item: {@code members[0]}
     * @param name null when it is missing or faulty
     * @param url null when it is missing or faulty
     */
    record Placed(
            String key, @Nullable String name, Addresses.@Nullable Url url, int weight, int priority, String group) {
        Stream<MemberConfig> member() {
            return name == null || url == null
                    ? Stream.empty()
                    : Stream.of(new MemberConfig(name, url.written(), url.address(), weight, priority, group));
        }
    }

    static ConfigMapping read(Section top, Notes notes) {
        Config config = askingNobody(top, notes);
        List<Placed> members = members(top, notes);
        List<WatchMapping.Placed> watch = WatchMapping.read(top, notes, config.ping());
        List<MemberConfig> pool = members.stream().flatMap(Placed::member).toList();
        List<Asked> watched = watch.stream().flatMap(WatchMapping.Placed::asked).toList();
        StatusRules status = StatusMapping.read(top, notes, names(members, watch));
        return new ConfigMapping(config.asking(pool, watched, status), members, watch);
    }

    /** Of all who have one, whatever else is wrong with them. */
    private static Set<String> names(List<Placed> members, List<WatchMapping.Placed> watch) {
        return Stream.concat(members.stream().map(Placed::name), watch.stream().map(WatchMapping.Placed::name))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Config askingNobody(Section top, Notes notes) {
        HostPort listen = top.value("listen", Addresses.listen(), Config.DEFAULT_LISTEN);
        HostPort admin = top.value("admin", Addresses.listen(), Config.DEFAULT_ADMIN);
        boolean page = top.value("page", Rules.flag(), false);
        Duration pollFreq = top.value("pollFreq", INTERVAL, Config.DEFAULT_POLL_FREQ);
        return new Config(
                listen,
                admin,
                page,
                pollFreq,
                top.value("noticeWithin", LONG_WAIT, null),
                PolicyMapping.read(top, MAX_MEMBERS),
                ping(top.section("ping"), pollFreq),
                icmp(top.section("icmp"), pollFreq),
                witness(top, notes),
                carry(top),
                limits(top.section("limits")),
                accessLog(top.section("accessLog")),
                HistoryMapping.read(top.section("history"), notes),
                StatusRules.OFF,
                top.value("stateDir", Rules.file("/var/lib/echogate"), null),
                List.of(),
                List.of());
    }

    private static PingRules ping(Section in, Duration pollFreq) {
        PingRules usual = PingRules.DEFAULT;
        Duration timeout = in.value("timeout", CHECK, shorter(usual.timeout(), Units.times(pollFreq, 10)));
        @Nullable Duration downMax = in.value("downFreqMax", INTERVAL, null);
        Duration downFreq =
                in.value("downFreq", INTERVAL, downMax == null ? usual.downFreq() : shorter(usual.downFreq(), downMax));
        return new PingRules(
                in.value("path", Rules.target(), usual.path()),
                in.value("status", Rules.status(), usual.status()),
                in.value("body", Rules.text(), usual.body()),
                timeout,
                in.value("fall", STREAK, usual.fall()),
                in.value("rise", STREAK, usual.rise()),
                in.value("doubtAfter", CHECK, shorter(usual.doubtAfter(), timeout)),
                in.value(
                        "doubtFreq",
                        Rules.duration(ms(20), Duration.ofMinutes(1)),
                        shorter(usual.doubtFreq(), pollFreq)),
                downFreq,
                downMax == null ? longer(usual.downFreqMax(), downFreq) : downMax,
                in.value("listenLate", CHECK, longer(usual.listenLate(), timeout)),
                in.value("holdDown", Rules.duration(Duration.ZERO, Duration.ofMinutes(5)), usual.holdDown()),
                Math.toIntExact(in.value("answerLimit", Rules.size(Units.KIB, Units.MIB), (long) usual.answerLimit())));
    }

    private static IcmpRules icmp(Section in, Duration pollFreq) {
        IcmpRules usual = IcmpRules.DEFAULT;
        return new IcmpRules(
                in.value("enabled", Rules.flag(), usual.enabled()),
                in.value("timeout", CHECK, shorter(usual.timeout(), Units.times(pollFreq, 10))),
                in.value("fall", STREAK, usual.fall()),
                in.value("rise", STREAK, usual.rise()));
    }

    private static CarryRules carry(Section in) {
        CarryRules usual = CarryRules.DEFAULT;
        Duration connect = in.value("connectTimeout", CHECK, usual.connectTimeout());
        Duration firstByte = in.value("firstByteTimeout", WAIT, usual.firstByteTimeout());
        int further = in.value("furtherAttempts", Rules.whole(0, 10), usual.furtherAttempts());
        Duration attempts = Units.times(connect.plus(firstByte), further + 1L);
        return new CarryRules(
                connect,
                firstByte,
                in.value("requestTimeout", LONG_WAIT, longer(usual.requestTimeout(), attempts)),
                in.value("idleTimeout", LONG_WAIT, usual.idleTimeout()),
                in.value("headTimeout", WAIT, usual.headTimeout()),
                in.value("drainTimeout", Rules.duration(Duration.ZERO, Duration.ofHours(1)), usual.drainTimeout()),
                further,
                Math.toIntExact(in.value("replayBuffer", Rules.size(0, 16 * Units.MIB), (long) usual.replayBuffer())),
                in.value("retryBudget", Rules.percent(), usual.retryBudgetPercent()),
                in.value("retryBudgetFloor", Rules.whole(0, 1000), usual.retryBudgetFloor()),
                in.value("proofHeaders", Rules.flag(), usual.proofHeaders()),
                hedge(in.section("hedge")),
                outlier(in.section("outlier")));
    }

    private static OutlierRules outlier(Section in) {
        OutlierRules usual = OutlierRules.DEFAULT;
        return new OutlierRules(
                in.value("enabled", Rules.flag(), usual.enabled()),
                in.value("volume", Rules.whole(1, 1000), usual.volume()),
                in.value("broken", Rules.percent(), usual.brokenPercent()),
                in.value("errors", Rules.percent(), usual.errorPercent()),
                in.value("holdDown", WAIT, usual.holdDown()),
                in.value("trial", Rules.whole(1, 1000), usual.trial()));
    }

    private static HedgeRules hedge(Section in) {
        HedgeRules usual = HedgeRules.DEFAULT;
        @Nullable Duration ceiling = in.value("ceiling", CHECK, null);
        Duration floor = in.value("floor", HEDGE, ceiling == null ? usual.floor() : shorter(usual.floor(), ceiling));
        return new HedgeRules(
                in.value("enabled", Rules.flag(), usual.enabled()),
                floor,
                ceiling == null ? longer(usual.ceiling(), floor) : ceiling,
                in.value("budget", Rules.percent(), usual.budgetPercent()));
    }

    private static Limits limits(Section in) {
        Limits usual = Limits.DEFAULT;
        long head = in.value("head", Rules.size(Units.KIB, Units.MIB), (long) usual.head());
        return new Limits(
                Math.toIntExact(head),
                in.value("headers", Rules.whole(10, 10_000), usual.headers()),
                Math.toIntExact(in.value("target", Rules.size(64, Units.MIB), Math.min(usual.target(), head))),
                in.value("body", Rules.size(0, 1024 * Units.GIB), usual.body()),
                in.value("connections", Rules.whole(1, 1_000_000), usual.connections()),
                in.value("idlePerMember", Rules.whole(0, 10_000), usual.idlePerMember()),
                in.value("proofs", Rules.whole(0, 1_000_000), usual.proofs()),
                in.value("inFlightPerMember", Rules.whole(0, 1_000_000), usual.inFlightPerMember()),
                in.value("queue", Rules.whole(0, 1_000_000), usual.queue()),
                in.value("queueTimeout", WAIT, usual.queueTimeout()));
    }

    private static AccessLogRules accessLog(Section in) {
        AccessLogRules usual = AccessLogRules.DEFAULT;
        @Nullable String file = in.value("file", Rules.file("/var/log/echogate/access.log"), null);
        return new AccessLogRules(
                file,
                in.value("format", Rules.accessFormat(), usual.format()),
                in.value("sample", Rules.percent(), usual.samplePercent()),
                in.value("maxSize", Rules.size(64 * Units.KIB, 1024 * Units.GIB), usual.maxSize()),
                in.value("keep", Rules.whole(0, 1000), usual.keep()));
    }

    private static List<String> witness(Section top, Notes notes) {
        String expected = "a list of at most " + MAX_WITNESSES + " IP addresses, such as [192.0.2.1]";
        Sequence list = top.list("witness", expected);
        if (list == null) {
            return List.of();
        }
        if (list.items().size() > MAX_WITNESSES) {
            notes.add(list.at(), "witness", "has " + list.items().size() + " items", expected);
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < Math.min(list.items().size(), MAX_WITNESSES); i++) {
            Node item = list.items().get(i);
            String address = witness(item, "witness[" + i + "]", notes);
            if (address != null && found.contains(address)) {
                notes.add(item.at(), "witness[" + i + "]", Rule.shown(address) + " is there twice", "it once");
            } else if (address != null) {
                found.add(address);
            }
        }
        return found;
    }

    private static @Nullable String witness(Node item, String key, Notes notes) {
        Rule<String> rule = Addresses.machine();
        Value<String> value = switch (item) {
            case Scalar scalar -> rule.read(scalar);
            case Refused _ -> null;
            case Mapping _, Sequence _ -> new Value.No<>("is " + item.kind());
        };
        if (value instanceof Value.No<String> no) {
            notes.add(item.at(), key, no.problem(), rule.expected());
        }
        return value instanceof Value.Ok<String> ok ? ok.value() : null;
    }

    private static List<Placed> members(Section top, Notes notes) {
        Sequence list = top.list("members", MEMBERS);
        if (list == null) {
            if (!top.has("members")) {
                notes.add(top.at(), "members", "missing", MEMBERS);
            }
            return List.of();
        }
        int size = list.items().size();
        if (size == 0) {
            notes.add(list.at(), "members", "is empty", MEMBERS);
        }
        if (size > MAX_MEMBERS) {
            notes.add(list.at(), "members", "has " + size + " members", "at most " + MAX_MEMBERS);
        }
        List<Placed> members = new ArrayList<>();
        for (int i = 0; i < Math.min(size, MAX_MEMBERS); i++) {
            String key = "members[" + i + "]";
            Placed member = member(list.items().get(i), key, notes);
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }

    private static @Nullable Placed member(Node item, String key, Notes notes) {
        return switch (item) {
            case Mapping mapping -> member(key, new Section(notes, key + ".", mapping));
            case Refused _ -> null;
            case Scalar _, Sequence _ -> {
                notes.add(
                        item.at(),
                        key,
                        "is " + item.kind(),
                        "a member, such as {name: S1, url: http://1.2.3.100:3000}");
                yield null;
            }
        };
    }

    private static Placed member(String key, Section in) {
        @Nullable String name = in.required("name", Rules.name());
        Addresses.@Nullable Url url = in.required("url", Addresses.member());
        int weight = in.value("weight", Rules.whole(1, 1000), 1);
        int priority = in.value("priority", Rules.whole(1, MemberConfig.BACKUP - 1), 1);
        boolean backup = in.value("backup", Rules.flag(), false);
        String group = in.value("group", Rules.label(), "");
        return new Placed(key, name, url, weight, backup ? MemberConfig.BACKUP : priority, group);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}

package io.echogate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A text, and exactly what is said about it. */
final class ConfigFaultsTest {
    private static final String KEYS =
            "one of listen, admin, page, pollFreq, noticeWithin, policy, joinBelow, slowStart, hash, sticky, ping, icmp, witness,"
                    + " connectTimeout, firstByteTimeout, furtherAttempts, requestTimeout, idleTimeout, headTimeout,"
                    + " drainTimeout, replayBuffer, retryBudget, retryBudgetFloor, proofHeaders, hedge, outlier, limits, accessLog, history, stateDir, members, watch,"
                    + " status";
    private static final String LISTEN = "HOST:PORT, such as 0.0.0.0:3000, 127.0.0.1:3000 or [::1]:3000";
    private static final String MEMBER_URL = "http://HOST:PORT, such as http://1.2.3.100:3000";
    private static final String MEMBER = "a member, such as {name: S1, url: http://1.2.3.100:3000}";
    private static final String MEMBERS =
            "a list of at least one member, such as - {name: S1, url: http://1.2.3.100:3000}";

    private static final String DAMAGE = ":{}[]&*!|>'\"%@`#-?,\t\n ";

    private static Arguments row(String yaml, String... faults) {
        return Arguments.of(
                yaml.replace("MEMBERS", "members: [{name: S1, url: http://h}]"),
                Stream.of(faults).map(fault -> "f.yaml:" + fault).toList());
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                row("", "1:1: the file is empty; expected at least `members:` with one member"),
                row("# nothing\n", "1:1: the file is empty; expected at least `members:` with one member"),
                row("--- \n...\n", "2:1: the file is nothing; expected a mapping of keys to values"),
                row("- a\n- b\n", "1:1: the file is a list; expected a mapping of keys to values"),
                row("hello", "1:1: the file is a single value; expected a mapping of keys to values"),
                row("page: true\n", "1:1: members: missing; expected " + MEMBERS),
                row("MEMBERS\n--- {}\n", "2:1: a second document begins; expected one document in a file"),
                row(
                        "members:\n\t- a\n",
                        "2:1: not YAML: while scanning for the next token: found character '\\t(TAB)' that cannot start"
                                + " any token. (Do not use \\t(TAB) for indentation)"),
                row(
                        "members: [{name: S1, url: http://h\n",
                        "2:1: not YAML: while parsing a flow mapping: expected ',' or '}', but got <stream end>"),
                row("page: true\n listen: x\n", "2:8: not YAML: mapping values are not allowed here"),
                row(
                        "page: \"\\q\"\n",
                        "1:9: not YAML: while scanning a double-quoted scalar: found unknown escape"
                                + " character q(113)"),
                row("page: a\u0000b", "1:8: control character U+0000; expected printable text"),
                row("page: true\n\u001b", "2:1: control character U+001B; expected printable text"),
                row("[".repeat(100_000), "1:18: nested deeper than 16 levels; expected the keys of the documentation"),
                row(
                        "? [a]\n: b\n~: 3\nMEMBERS",
                        "1:3: a list where a key belongs; expected a key's name",
                        "3:1: nothing where a key belongs; expected a key's name"));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                row(
                        "pollFrek: 1s\npoll_freq: 1s\ntimeout: 1s\nzebra: 1\nMEMBERS",
                        "1:1: pollFrek: unknown key; expected pollFreq (did you mean that?)",
                        "2:1: poll_freq: unknown key; expected pollFreq (did you mean that?)",
                        "3:1: timeout: unknown key; expected ping.timeout (did you mean that?)",
                        "4:1: zebra: unknown key; expected " + KEYS),
                row(
                        "icmp: {Fall: 3, zzz: 1, listen: a}\nMEMBERS",
                        "1:8: icmp.Fall: unknown key; expected fall (did you mean that?)",
                        "1:17: icmp.zzz: unknown key; expected one of enabled, timeout, fall, rise",
                        "1:25: icmp.listen: unknown key; expected listen (did you mean that?)"),
                row(
                        "page: true\nMEMBERS\npage: false\n",
                        "3:1: page: written twice, first in line 1; expected it once"),
                row("<<: {page: true}\nMEMBERS", "1:1: <<: merge keys are not supported; expected " + KEYS),
                row(
                        "witness: &w [1.2.3.4]\npage: !!bool true\nmembers:\n- &m {name: S1, url: http://h}\n- *m\n",
                        "1:10: an anchor (&); expected the value alone: anchors are not supported",
                        "2:7: a tag (!); expected the value alone: tags are not supported",
                        "4:3: an anchor (&); expected the value alone: anchors are not supported",
                        "5:3: an alias (*); expected the value itself: aliases are not supported"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                row("listen: 3000\nMEMBERS", "1:9: listen: `3000` has no port; expected " + LISTEN),
                row("listen: a:b\nMEMBERS", "1:9: listen: `b` is not a port (0 to 65535); expected " + LISTEN),
                row("listen: a:65536\nMEMBERS", "1:9: listen: `65536` is not a port (0 to 65535); expected " + LISTEN),
                row("listen: ':80'\nMEMBERS", "1:9: listen: has no host; expected " + LISTEN),
                row(
                        "listen: '::1:80'\nMEMBERS",
                        "1:9: listen: `::1:80` is not HOST:PORT (IPv6 addresses stand in" + " brackets); expected "
                                + LISTEN),
                row("admin: [a]\nMEMBERS", "1:8: admin: is a list; expected " + LISTEN),
                row("page: \"true\"\nMEMBERS", "1:7: page: `true` in quotes is text; expected true or false"),
                row("page: yes\nMEMBERS", "1:7: page: `yes` is neither; expected true or false"),
                row("page:\nMEMBERS", "1:6: page: has no value; expected true or false"),
                row(
                        "policy: random\nMEMBERS",
                        "1:9: policy: `random` is not a policy; expected one of first, round-robin, weighted,"
                                + " least-requests, p2c, hash, sticky"),
                row(
                        "ping: 5\nicmp:\nMEMBERS",
                        "1:7: ping: is a single value; expected a mapping of keys to values",
                        "2:6: icmp: is nothing; expected a mapping of keys to values"),
                row(
                        "ping: {path: ping, status: 100, body: [a]}\nMEMBERS",
                        "1:14: ping.path: `ping` is not a path; expected a path that begins with a slash, in visible"
                                + " ASCII without #",
                        "1:28: ping.status: `100` is too little; expected a whole number from 200 to 599",
                        "1:39: ping.body: is a list; expected text of at most 4096 characters"),
                row(
                        "witness: [1.2.3.4, a, 1.2.3.4, [], 1.2.3.256]\nMEMBERS",
                        "1:20: witness[1]: `a` is not an IP address; expected an IP address, such as 192.0.2.1"
                                + " or 2001:db8::1",
                        "1:23: witness[2]: `1.2.3.4` is there twice; expected it once",
                        "1:32: witness[3]: is a list; expected an IP address, such as 192.0.2.1 or 2001:db8::1",
                        "1:36: witness[4]: `1.2.3.256` is not an IP address; expected an IP address, such as 192.0.2.1"
                                + " or 2001:db8::1"));
    }

    static Stream<Arguments> quantities() {
        return Stream.of(
                duration("800", "has no unit (ms, s, m, h or d)"),
                duration("-1s", "is too little"),
                duration("0s", "is too little"),
                duration("49ms", "is too little"),
                duration("3601s", "is too much"),
                duration("9".repeat(40) + "h", "is too much"),
                duration("1.5s", "is not a whole number: use a smaller unit"),
                duration("1 s", "has an unknown unit (ms, s, m, h or d)"),
                duration("1S", "has an unknown unit (ms, s, m, h or d)"),
                duration("1w", "has an unknown unit (ms, s, m, h or d)"),
                duration("s", "is not a number with a unit"),
                duration("soon", "is not a number with a unit"),
                size("65536", "has no unit (B, KiB, MiB or GiB)"),
                size("64KB", "has an unknown unit (B, KiB, MiB or GiB)"),
                size("64k", "has an unknown unit (B, KiB, MiB or GiB)"),
                size("17MiB", "is too much"),
                size("-1B", "is too little"),
                count("0x10", "is not a whole number"),
                count("1e3", "is not a whole number"),
                count("1_0", "is not a whole number"),
                count("010", "is out of range"),
                count("-1", "is out of range"),
                count("11", "is too much"),
                count("\"2\"", "in quotes is text"),
                row(
                        "furtherAttempts: " + "9".repeat(500_000) + "\nMEMBERS",
                        "1:18: furtherAttempts: has 500000 characters;" + " expected a whole number from 0 to 10"),
                row(
                        "ping: {body: " + "é".repeat(4097) + "}\nMEMBERS",
                        "1:14: ping.body: has 4097 characters; expected" + " text of at most 4096 characters"),
                percent("101%"),
                percent("20.5%"),
                percent("20%%"),
                percent("-5%"));
    }

    private static Arguments duration(String value, String problem) {
        return row(
                "pollFreq: " + value + "\nMEMBERS",
                "1:11: pollFreq: `" + value + "` " + problem + "; expected a duration from 50ms to 1h");
    }

    private static Arguments size(String value, String problem) {
        return row(
                "replayBuffer: " + value + "\nMEMBERS",
                "1:15: replayBuffer: `" + value + "` " + problem + "; expected a size from 0B to 16MiB");
    }

    private static Arguments count(String value, String problem) {
        return row(
                "furtherAttempts: " + value + "\nMEMBERS",
                "1:18: furtherAttempts: `" + value.replace("\"", "") + "` " + problem
                        + "; expected a whole number from 0 to 10");
    }

    private static Arguments percent(String value) {
        String problem = value.equals("101%")
                ? "is too much"
                : value.startsWith("-") ? "is out of range" : "is not a whole number";
        return row(
                "retryBudget: \n  " + value + "\nMEMBERS",
                "2:3: retryBudget: `" + value + "` " + problem + "; expected a percentage from 0% to 100%");
    }

    static Stream<Arguments> members() {
        return Stream.of(
                row("members: []", "1:10: members: is empty; expected " + MEMBERS),
                row("members:", "1:9: members: is nothing; expected " + MEMBERS),
                row("members: S1", "1:10: members: is a single value; expected " + MEMBERS),
                row("members: {S1: http://h}", "1:10: members: is a mapping; expected " + MEMBERS),
                row(
                        "members: [S5, [], {}]",
                        "1:11: members[0]: is a single value; expected " + MEMBER,
                        "1:15: members[1]: is a list; expected " + MEMBER,
                        "1:19: members[2].name: missing; expected 1 to 64 letters, digits, dots, dashes or underscores",
                        "1:19: members[2].url: missing; expected " + MEMBER_URL),
                row(
                        "members: [{name: 'a b', url: http://h, port: 80}]",
                        "1:18: members[0].name: `a b` is not a name; expected 1 to 64 letters, digits, dots, dashes or"
                                + " underscores",
                        "1:40: members[0].port: unknown key; expected one of name, url, weight, priority,"
                                + " backup, group"),
                row(
                        "members: [{name: a, url: http://h, group: \"a\\tb\"}, {name: b, url: http://i, group: "
                                + "x".repeat(65) + "}]",
                        "1:43: members[0].group: `a\\u0009b` is too long or not on one line; expected text of at most 64 characters on one line",
                        "1:84: members[1].group: `" + "x".repeat(60) + "…` is too long or not on one line; "
                                + "expected text of at most 64 characters on one line"),
                row(
                        "members:\n- {name: S1, url: http://h}\n- {name: S1, url: 'http://H.:80/'}\n",
                        "3:10: members[1].name: `S1` is already the name of members[0] in line 2; expected each member"
                                + " once",
                        "3:19: members[1].url: `http://H.:80/` is already the url of members[0] in line 2; expected each"
                                + " member once"),
                row(
                        "members:\n- {name: a, url: 'http://[::1]:80'}\n- {name: b, url: 'http://[0:0::1]'}\n",
                        "3:18: members[1].url: `http://[0:0::1]` is already the url of members[0] in line 2; expected"
                                + " each member once"),
                url("https://h", "`https://h`: not yet: TLS to members comes later"),
                url("ftp://h", "`ftp://h`: `ftp` is not a scheme we speak"),
                url("h:80", "`h:80` is not a URL: it has no scheme"),
                url("http://u:p@h/", "`http://u:p@h/` has a user, which does not belong here"),
                url("http://h/a", "`http://h/a` has a path, which does not belong here"),
                url("http://h?a", "`http://h?a` has a query, which does not belong here"),
                url("http://h/#a", "`http://h/#a` has a fragment, which does not belong here"),
                url("http://h:0", "port 0 cannot be connected to"),
                url("http://h:99999", "`99999` is not a port (0 to 65535)"),
                url("http://h:", "`` is not a port (0 to 65535)"),
                url("http://", "has no host"),
                url("http://1.2.3.400", "`1.2.3.400` is not an IPv4 address"),
                url("http://127.1", "`127.1` is not an IPv4 address"),
                url("http://[::g]", "`[::g]` is not an IPv6 address"),
                url("http://::1:80", "`::1:80` is not HOST:PORT (IPv6 addresses stand in brackets)"),
                url("http://-a", "`-a` is not a host's name"),
                url("http://a b", "`a b` is not a host's name"),
                url("http://" + "a".repeat(64), "`" + "a".repeat(60) + "…` is not a host's name"),
                url("http://" + "a.".repeat(2000), "`" + "a.".repeat(30) + "…` is not a host's name"),
                url("http://" + "a.".repeat(250_000), "has 500007 characters"),
                url("http://0.0.0.0:80", "`0.0.0.0` is for listening, nobody is there"));
    }

    private static Arguments url(String url, String problem) {
        return row(
                "members: [{name: S1, url: '" + url + "'}]",
                "1:27: members[0].url: " + problem + "; expected " + MEMBER_URL);
    }

    @ParameterizedTest
    @MethodSource({"shapes", "keys", "values", "quantities", "members"})
    void faults(String yaml, List<String> expected) {
        Parsed parsed = ConfigReader.read("f.yaml", yaml);
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults().stream().map(Fault::toString).collect(Collectors.toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("good")
    void good(String yaml) {
        assertThat(ConfigReader.read("f.yaml", yaml)).isInstanceOf(Good.class);
    }

    static Stream<String> good() {
        String members = "members: [{name: S1, url: http://h}]\n";
        return Stream.of(
                members,
                "%YAML 1.2\n---\n" + members + "...\n",
                "{\"members\": [{\"name\": \"S1\", \"url\": \"http://h\"}]}",
                "pollFreq: \"1s\"\n" + members,
                "retryBudget: '20%'\n" + members,
                "ping: {body: ''}\n" + members,
                "ping: {body: null-ish, status: 204}\n" + members,
                "ping: {}\nwitness: []\n" + members,
                "members:\n- name: 12\n  url: >-\n    http://h\n",
                "listen: h:0\nadmin: h:0\n" + members);
    }

    /** A file cut, doubled and scrambled anywhere: faults at places that exist, and nothing thrown. */
    @Test
    void damagedFilesGetFaultsAndNothingElse() {
        String text = """
                listen: 0.0.0.0:3000
                ping: {timeout: 800ms, body: "pong"}
                witness: [1.2.3.4]
                limits:
                  head: 32KiB
                members:
                  - {name: S1, url: "http://1.2.3.100:3000"}
                  - name: S2
                    url: 'http://h'
                """;
        RandomGenerator chance = Chance.seeded(5);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int n = 1 + chance.nextInt(4); n > 0; n--) {
                int at = chance.nextInt(damaged.length());
                switch (chance.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, text.charAt(chance.nextInt(text.length())));
                    default -> damaged.setCharAt(at, DAMAGE.charAt(chance.nextInt(DAMAGE.length())));
                }
            }
            long lines = damaged.chars().filter(c -> c == '\n').count() + 1;
            if (ConfigReader.read("f.yaml", damaged.toString()) instanceof Bad bad) {
                assertThat(bad.faults()).as(damaged.toString()).isNotEmpty().allSatisfy(fault -> {
                    assertThat((long) fault.line()).isBetween(1L, lines);
                    assertThat(fault.column()).isPositive();
                    assertThat(fault.toString()).doesNotContain("\n");
                });
            }
        }
    }
}

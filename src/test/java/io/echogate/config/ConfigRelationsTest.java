package io.echogate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that are right alone and wrong together; and defaults that give way to what is written. */
final class ConfigRelationsTest {
    private static final String MEMBERS = "members: [{name: S1, url: http://h}]\n";

    private static Arguments row(String yaml, String... faults) {
        return Arguments.of(
                yaml.contains("members:") ? yaml : yaml + "\n" + MEMBERS,
                Stream.of(faults).map(fault -> "f.yaml:" + fault).toList());
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                row(
                        "requestTimeout: 20s",
                        "1:17: requestTimeout: failover could not happen: (1 + furtherAttempts 2) × (connectTimeout 500ms"
                                + " + firstByteTimeout 10s) = 31500ms, but requestTimeout is 20s; expected at least"
                                + " 31500ms"),
                row(
                        "furtherAttempts: 3\nrequestTimeout: 41999ms",
                        "2:17: requestTimeout: failover could not happen: (1 + furtherAttempts 3) × (connectTimeout 500ms"
                                + " + firstByteTimeout 10s) = 42s, but requestTimeout is 41999ms; expected at least 42s"),
                row(
                        "pollFreq: 50ms\nping: {timeout: 501ms}\nicmp: {timeout: 1s}",
                        "2:17: ping.timeout: 501ms is longer than 10 × pollFreq 50ms = 500ms: questions would pile up;"
                                + " expected at most 500ms",
                        "3:17: icmp.timeout: 1s is longer than 10 × pollFreq 50ms = 500ms: questions would pile up;"
                                + " expected at most 500ms"),
                row(
                        "ping: {listenLate: 799ms, doubtAfter: 801ms}",
                        "1:20: ping.listenLate: 799ms is shorter than ping.timeout 800ms: there would be no late answer"
                                + " to hear; expected at least 800ms",
                        "1:39: ping.doubtAfter: 801ms is longer than ping.timeout 800ms: doubt would never come;"
                                + " expected at most 800ms"),
                row(
                        "ping: {doubtFreq: 1001ms}",
                        "1:19: ping.doubtFreq: 1001ms is longer than pollFreq 1s: doubt would ask less often than trust;"
                                + " expected at most 1s"),
                row(
                        "pollFreq: 10s\nping: {timeout: 30s}",
                        "2:17: ping.timeout: ping.listenLate 30s / ping.doubtFreq 200ms = 150 questions to one member at"
                                + " the same time; expected at most 100"),
                row(
                        "hedge: {floor: 300ms, ceiling: 200ms}",
                        "1:32: hedge.ceiling: 200ms is shorter than hedge.floor 300ms; expected at least 300ms"),
                row(
                        "ping: {downFreq: 10s, downFreqMax: 9s}",
                        "1:36: ping.downFreqMax: 9s is shorter than ping.downFreq 10s, from which it grows; expected at"
                                + " least 10s"),
                row(
                        "ping: {answerLimit: 1KiB, body: " + "x".repeat(513) + "}",
                        "1:21: ping.answerLimit: 1KiB has no room for ping.body (513 bytes) and a head of 512; expected"
                                + " at least 1025B"),
                row(
                        "limits: {head: 4KiB, target: 5KiB}",
                        "1:30: limits.target: 5KiB is more than limits.head 4KiB, of which it is a part; expected at"
                                + " most 4KiB"));
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                row(
                        "hash: {on: header, name: X-User}",
                        "1:12: hash.on: has no meaning with policy first; expected policy: hash",
                        "1:26: hash.name: has no meaning with policy first; expected policy: hash"),
                row(
                        "policy: hash\nsticky: {cookie: c, secretFile: f}",
                        "2:18: sticky.cookie: has no meaning with policy hash; expected policy: sticky",
                        "2:33: sticky.secretFile: has no meaning with policy hash; expected policy: sticky"),
                row(
                        "policy: hash\nhash: {on: cookie}",
                        "2:12: hash.on: which cookie is not said; expected hash.name beside it"),
                row(
                        "policy: hash\nhash: {on: header}",
                        "2:12: hash.on: which header field is not said; expected hash.name beside it"),
                row(
                        "policy: hash\nhash: {on: path, name: X}",
                        "2:24: hash.name: names neither a header nor a cookie; expected no name"),
                row(
                        "slowStart: 5s",
                        "1:12: slowStart: has no meaning with policy first; expected a policy that gives shares"),
                row(
                        "policy: hash\nslowStart: 5s",
                        "2:12: slowStart: has no meaning with policy hash; expected a policy that gives shares"),
                row(
                        "policy: round-robin\nmembers: [{name: S1, url: http://h, weight: 2}]",
                        "2:45: members[0].weight: 2 has no meaning with policy round-robin; expected policy: weighted,"
                                + " least-requests, p2c, hash or sticky"));
    }

    static Stream<Arguments> tiers() {
        return Stream.of(
                row(
                        "joinBelow: 2",
                        "1:12: joinBelow: all members are of one tier; expected priority or backup at a member"),
                row(
                        "joinBelow: 3\nmembers: [{name: S1, url: http://h}, {name: S2, url: http://i, priority: 2},"
                                + " {name: S3, url: http://j, backup: true}]",
                        "1:12: joinBelow: 3 is more than the members of all tiers but the last (2): it would always have"
                                + " joined; expected at most 2"),
                row(
                        "members: [{name: S1, url: http://h, priority: 2, backup: true}, {name: S2, url: http://i}]",
                        "1:47: members[0].priority: beside backup: true, which is the last tier already; expected one of"
                                + " the two"),
                row(
                        "members: [{name: S1, url: http://h, backup: true}]",
                        "1:45: members[0].backup: every member is a backup; expected a member that it stands in for"));
    }

    static Stream<Arguments> addresses() {
        return Stream.of(
                row(
                        "listen: 127.0.0.1:3001",
                        "1:9: listen: admin 127.0.0.1:3001 and listen 127.0.0.1:3001 are the same address; expected two"
                                + " addresses or two ports"),
                row(
                        "listen: h:81\nadmin: 0.0.0.0:81",
                        "2:8: admin: admin 0.0.0.0:81 and listen h:81 are the same address; expected two addresses or"
                                + " two ports"),
                row(
                        "members: [{name: S1, url: 'http://127.0.0.11:3000'}, {name: S2, url: 'http://localhost:3002'}]",
                        "1:27: members[0].url: 127.0.0.11:3000 is where we listen ourselves (listen 0.0.0.0:3000):"
                                + " requests would go in circles; expected another address"),
                row(
                        "listen: localhost:3000\nmembers: [{name: S1, url: 'http://127.0.0.1:3000'}]",
                        "2:27: members[0].url: 127.0.0.1:3000 is where we listen ourselves (listen localhost:3000):"
                                + " requests would go in circles; expected another address"),
                row(
                        "listen: gate:80\nmembers: [{name: S1, url: 'http://GATE'}, {name: S2, url: 'http://127.0.0.1:3001'}]",
                        "2:27: members[0].url: GATE:80 is where we listen ourselves (listen gate:80): requests would go"
                                + " in circles; expected another address",
                        "2:59: members[1].url: 127.0.0.1:3001 is where our own page is (admin 127.0.0.1:3001); expected"
                                + " another address, or another admin"));
    }

    @ParameterizedTest
    @MethodSource({"contradictions", "policies", "tiers", "addresses"})
    void refused(String yaml, List<String> expected) {
        Parsed parsed = ConfigReader.read("f.yaml", yaml);
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults().stream().map(Fault::toString).toList())
                .isEqualTo(expected);
    }

    @Test
    void aKeyThatIsWrongAloneContradictsNothing() {
        Parsed parsed = ConfigReader.read("f.yaml", "requestTimeout: 20s\nfirstByteTimeout: 5\n" + MEMBERS);
        assertThat(((Bad) parsed).faults())
                .singleElement()
                .extracting(Fault::key)
                .isEqualTo("firstByteTimeout");
    }

    @Test
    void whatBelongsToAPolicyThatIsNoneIsPassedOver() {
        String yaml = "policy: hsah\nhash: {on: header}\nslowStart: 1s\n" + MEMBERS;
        assertThat(((Bad) ConfigReader.read("f.yaml", yaml)).faults())
                .singleElement()
                .extracting(Fault::key)
                .isEqualTo("policy");
    }

    @Test
    void aBackupIsTheLastTier() {
        String members = "members: [{name: S1, url: http://h, priority: 100}, {name: S2, url: http://i, backup: true}]";
        Parsed parsed = ConfigReader.read("f.yaml", members);
        assertThat(((Good) parsed).config().members())
                .extracting(MemberConfig::priority)
                .containsExactly(100, 101);
    }

    @Test
    void allContradictionsAreToldAtOnceAndInFileOrder() {
        String yaml = """
                pollFreq: 50ms
                ping: {timeout: 1s, doubtAfter: 2s, doubtFreq: 100ms, listenLate: 900ms}
                limits: {head: 1KiB, target: 2KiB}
                requestTimeout: 1s
                polFreq: 2
                """;
        assertThat(((Bad) ConfigReader.read("f.yaml", yaml)).faults())
                .extracting(Fault::key)
                .containsExactly(
                        "members",
                        "ping.timeout",
                        "ping.doubtAfter",
                        "ping.doubtFreq",
                        "ping.listenLate",
                        "limits.target",
                        "requestTimeout",
                        "polFreq");
    }

    @Test
    void thePageOnAnotherPortOfTheWildcardIsFine() {
        assertThat(config("admin: 0.0.0.0:3001\nlisten: 0.0.0.0:3000").admin())
                .isEqualTo(new HostPort("0.0.0.0", 3001));
    }

    @Test
    void defaultsGiveWayToWhatIsWritten() {
        assertThat(config("firstByteTimeout: 30s").carry().requestTimeout()).isEqualTo(Duration.ofMillis(91_500));
        PingRules fast = config("pollFreq: 50ms").ping();
        assertThat(fast.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(fast.doubtFreq()).isEqualTo(Duration.ofMillis(50));
        assertThat(config("pollFreq: 50ms").icmp().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config("ping: {timeout: 100ms}").ping().doubtAfter()).isEqualTo(Duration.ofMillis(100));
        assertThat(config("ping: {timeout: 5s}").ping().listenLate()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config("ping: {downFreq: 9s}").ping().downFreqMax()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config("ping: {downFreqMax: 500ms}").ping().downFreq()).isEqualTo(Duration.ofMillis(500));
        assertThat(config("limits: {head: 4KiB}").limits().target()).isEqualTo(4096);
    }

    private static Config config(String yaml) {
        return good(yaml).config();
    }

    private static Good good(String yaml) {
        Parsed parsed = ConfigReader.read("f.yaml", yaml + "\n" + MEMBERS);
        assertThat(parsed).isInstanceOf(Good.class);
        return (Good) parsed;
    }

    @Test
    void aLaterCheckCanPointAtAKey() {
        Good good = good("page: true\nnoticeWithin: 1s\nping: {fall: 5}");
        assertThat(good.fault("noticeWithin", "too short", "at least 2s"))
                .hasToString("f.yaml:2:15: noticeWithin: too short; expected at least 2s");
        assertThat(good.fault("ping.fall", "too many", "")).hasToString("f.yaml:3:14: ping.fall: too many");
        assertThat(good.fault("pollFreq", "too long", "")).hasToString("f.yaml:1:1: pollFreq: too long");
    }
}

package io.echogate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component has a key, every key a row in {@code docs/config.md}, and that row tells the truth. */
final class ConfigKeysTest {
    private static final MemberConfig MEMBER = MemberConfig.of("S1", "1.2.3.100", 3000);
    private static final String MEMBERS = "members: [{name: S1, url: 'http://1.2.3.100:3000'}]\n";
    private static final Set<String> SECTIONS =
            Set.of("ping", "icmp", "hedge", "outlier", "accessLog", "history", "limits", "hash", "sticky", "status");

    /** Every key, at a value that is not its default. */
    private static final String EVERYTHING = """
            listen: 127.0.0.1:4000
            admin: '[::1]:4001'
            page: true
            pollFreq: 2s
            noticeWithin: 1m
            policy: hash
            joinBelow: 2
            hash: {on: header, name: X-User}
            ping:
              path: /healthz?deep=1
              status: 204
              body: ok
              timeout: 900ms
              fall: 4
              rise: 5
              doubtAfter: 300ms
              doubtFreq: 400ms
              downFreq: 3s
              downFreqMax: 6s
              listenLate: 4s
              holdDown: 3s
              answerLimit: 8KiB
            icmp: {enabled: false, timeout: 700ms, fall: 6, rise: 7}
            witness: [1.2.3.1, 'fd00::2']
            connectTimeout: 1s
            firstByteTimeout: 20s
            requestTimeout: 5m
            idleTimeout: 30s
            headTimeout: 5s
            drainTimeout: 0s
            furtherAttempts: 1
            replayBuffer: 1MiB
            retryBudget: 35
            retryBudgetFloor: 9
            proofHeaders: false
            hedge: {enabled: true, floor: 5ms, ceiling: 2s, budget: 7%}
            outlier: {enabled: false, volume: 4, broken: 11%, errors: 60%, holdDown: 20s, trial: 12}
            stateDir: /var/lib/echogate
            accessLog: {file: /tmp/a.log, format: combined, sample: 10%, maxSize: 1MiB, keep: 2}
            history: {enabled: false, url: "jdbc:postgresql://db/h", user: u, passwordFile: /p, events: 9d, objective: 99.5%,
              tiers: [{step: 2s, keep: 10m}, {step: 1m, keep: 3h}]}
            limits: {head: 16KiB, headers: 50, target: 4KiB, body: 3GiB, connections: 100, idlePerMember: 8, proofs: 7,
              inFlightPerMember: 30, queue: 20, queueTimeout: 2s}
            status: {title: "Shop <b>", listen: '0.0.0.0:8081', incidents: false,
              show: [{name: Web shop, members: [c, mail], all: true}, {name: '"', members: [db]}]}
            members:
              - {name: a.B-c_1, url: 'HTTP://Machine_1/', weight: 1000, priority: 7, group: 'Hall 1 <b>'}
              - {name: c, url: 'http://c', priority: 7}
              - {name: v6, url: 'http://[2001:db8::1]:8080', backup: true}
            watch:
              - {name: gw, url: 'icmp://10.0.0.1', group: net}
              - {name: db, url: 'tcp://10.0.0.5:5432'}
              - {name: mail, url: 'http://10.0.0.9:8025', path: /health, status: 503, body: fine}
              - {name: web, url: 'http://web'}
            """;

    /** The keys that have no meaning beside those of {@link #EVERYTHING}. */
    private static final String THE_REST = """
            policy: sticky
            slowStart: 1m
            sticky: {cookie: place, secretFile: /etc/echogate/sticky.key}
            """ + MEMBERS;

    record Row(String key, String defaultValue, String expected) {
        /** The key at this value, in a file that is otherwise as good as can be. */
        String yaml(String value) {
            int dot = key.indexOf('.');
            String line = dot < 0
                    ? key + ": " + value + "\n"
                    : key.substring(0, dot) + ": {" + key.substring(dot + 1) + ": " + value + "}\n";
            if (key.startsWith("members[].")) {
                String field = key.substring(key.indexOf('.') + 1);
                String others = (field.equals("name") ? "" : "name: S1, ")
                        + (field.equals("url") ? "" : "url: 'http://1.2.3.100:3000', ");
                return "members: [{" + others + field + ": " + value + "}]\n";
            }
            if (key.startsWith("watch[].")) {
                String field = key.substring(key.indexOf('.') + 1);
                String others = (field.equals("name") ? "" : "name: W1, ")
                        + (field.equals("url") ? "" : "url: 'http://1.2.3.1', ");
                return "watch: [{" + others + field + ": " + value + "}]\n" + MEMBERS;
            }
            if (key.startsWith("status.show[].")) {
                String field = key.substring(key.lastIndexOf('.') + 1);
                String others = (field.equals("name") ? "" : "name: Shop, ")
                        + (field.equals("members") ? "" : "members: [S1], ");
                return "status: {show: [{" + others + field + ": " + value + "}]}\n" + MEMBERS;
            }
            if (key.startsWith("status.")) {
                String show = key.equals("status.show") ? "" : ", show: [{name: Shop, members: [S1]}]";
                return line.substring(0, line.length() - 2) + show + "}\n" + MEMBERS;
            }
            return key.equals("members") ? line : line + setting();
        }

        /** All else that the key needs to have a meaning. */
        String setting() {
            if (key.startsWith("watch[].")) {
                return "watch: [{name: W1, url: 'http://1.2.3.1'}]\n" + MEMBERS;
            }
            if (key.startsWith("status.")) {
                return "status: {show: [{name: Shop, members: [S1]}]}\n" + MEMBERS;
            }
            String policy = key.startsWith("hash.") ? "hash" : key.startsWith("sticky.") ? "sticky" : "weighted";
            boolean bound = !policy.equals("weighted") || key.equals("slowStart");
            return (bound ? "policy: " + policy + "\n" : "") + MEMBERS;
        }

        String path() {
            return key.replace("[]", "[0]");
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/config.md"))) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(2, line.length() - 2).split(" \\| ");
                assertThat(cells).as(line).hasSize(4);
                rows.add(new Row(cells[0].replace("`", ""), cells[2].replace("`", ""), cells[3]));
            }
        }
        return rows;
    }

    static Stream<Row> rowsWithDefaults() throws IOException {
        return rows().stream()
                .filter(row -> !row.defaultValue().equals("none")
                        && !row.defaultValue().equals("required"));
    }

    private static Config good(String yaml) {
        Parsed parsed = ConfigReader.read("test.yaml", yaml);
        assertThat(parsed).as(yaml).isInstanceOf(Good.class);
        return ((Good) parsed).config();
    }

    @Test
    void everyKeyHasOneRow() throws IOException {
        Set<String> keys = new TreeSet<>(ConfigReader.keys());
        keys.removeAll(SECTIONS);
        keys.addAll(Set.of(
                "members[].name",
                "members[].url",
                "members[].weight",
                "members[].priority",
                "members[].backup",
                "members[].group"));
        keys.addAll(Set.of(
                "watch[].name", "watch[].url", "watch[].path", "watch[].status", "watch[].body", "watch[].group"));
        keys.addAll(Set.of("status.show[].name", "status.show[].members", "status.show[].all"));
        assertThat(rows().stream().map(Row::key)).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void nothingWrittenIsTheRecordsDefaults() {
        assertThat(good(MEMBERS)).isEqualTo(Config.of(List.of(MEMBER)));
    }

    @ParameterizedTest
    @MethodSource("rowsWithDefaults")
    void theDocumentedDefaultIsTheRealOne(Row row) {
        assertThat(good(row.yaml(row.defaultValue()))).isEqualTo(good(row.setting()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theDocumentedExpectationIsWhatFaultsSay(Row row) {
        Parsed parsed = ConfigReader.read("test.yaml", row.yaml("{}"));
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo(row.path());
            assertThat(fault.problem()).isEqualTo("is a mapping");
            assertThat(fault.expected()).isEqualTo(row.expected());
        });
    }

    @Test
    void everythingWrittenLeavesNoComponentAtItsDefault() {
        List<String> unmoved = new ArrayList<>();
        compare("", good(EVERYTHING), Config.of(List.of(MEMBER)), unmoved);
        List<String> unmovedByTheRest = new ArrayList<>();
        compare("", good(THE_REST), Config.of(List.of(MEMBER)), unmovedByTheRest);
        unmoved.retainAll(unmovedByTheRest);
        assertThat(unmoved).isEmpty();
    }

    private static void compare(String path, Record written, Record usual, List<String> unmoved) {
        for (RecordComponent component : written.getClass().getRecordComponents()) {
            Object a = valueOf(component, written);
            Object b = valueOf(component, usual);
            String name = path + component.getName();
            if (a instanceof Record inner && b instanceof Record other && !(a instanceof HostPort)) {
                compare(name + ".", inner, other, unmoved);
            } else if (Objects.equals(a, b)) {
                unmoved.add(name);
            }
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void everythingWrittenIsReadExactly() {
        Config config = good(EVERYTHING);
        assertThat(config.toString().replace("io.echogate.config.", ""))
                .isEqualTo(
                        "Config[listen=127.0.0.1:4000, admin=[::1]:4001, page=true, pollFreq=PT2S, noticeWithin=PT1M,"
                                + " policy=PolicyRules[name=HASH, joinBelow=2, slowStart=PT10S, hash=Hash[on=HEADER,"
                                + " name=X-User], sticky=Sticky[cookie=echogate, secretFile=null]], ping=PingRules[path=/healthz?deep=1, status=204, body=ok, timeout=PT0.9S,"
                                + " fall=4, rise=5, doubtAfter=PT0.3S, doubtFreq=PT0.4S, downFreq=PT3S, downFreqMax=PT6S,"
                                + " listenLate=PT4S, holdDown=PT3S, answerLimit=8192], icmp=IcmpRules[enabled=false, timeout=PT0.7S, fall=6,"
                                + " rise=7], witness=[1.2.3.1, fd00::2], carry=CarryRules[connectTimeout=PT1S,"
                                + " firstByteTimeout=PT20S, requestTimeout=PT5M, idleTimeout=PT30S, headTimeout=PT5S,"
                                + " drainTimeout=PT0S, furtherAttempts=1, replayBuffer=1048576, retryBudgetPercent=35,"
                                + " retryBudgetFloor=9, proofHeaders=false, hedge=HedgeRules[enabled=true, floor=PT0.005S, ceiling=PT2S, budgetPercent=7], outlier=OutlierRules[enabled=false, volume=4, brokenPercent=11, errorPercent=60, holdDown=PT20S, trial=12]], limits=Limits[head=16384, headers=50, target=4096,"
                                + " body=3221225472, connections=100, idlePerMember=8, proofs=7, inFlightPerMember=30, queue=20, queueTimeout=PT2S],"
                                + " accessLog=AccessLogRules[file=/tmp/a.log, format=COMBINED, samplePercent=10,"
                                + " maxSize=1048576, keep=2], history=HistoryRules[enabled=false,"
                                + " url=jdbc:postgresql://db/h, user=u, passwordFile=/p, tiers=[Tier[step=PT2S, keep=PT10M],"
                                + " Tier[step=PT1M, keep=PT3H]], events=PT216H, objectivePercent=99.5], status=StatusRules[title=Shop <b>,"
                                + " listen=0.0.0.0:8081, components=[Component[name=Web shop, members=[c, mail], all=true],"
                                + " Component[name=\", members=[db], all=false]], incidents=false], stateDir=/var/lib/echogate, members=[MemberConfig[name=a.B-c_1,"
                                + " url=HTTP://Machine_1/, address=Machine_1:80, weight=1000, priority=7, group=Hall 1 <b>], MemberConfig[name=c,"
                                + " url=http://c, address=c:80, weight=1, priority=7, group=], MemberConfig[name=v6,"
                                + " url=http://[2001:db8::1]:8080, address=[2001:db8::1]:8080, weight=1,"
                                + " priority=101, group=]], watch=[Asked[name=gw, url=icmp://10.0.0.1, address=10.0.0.1:0, ask=ICMP,"
                                + " path=/healthz?deep=1, status=204, body=null, group=net], Asked[name=db, url=tcp://10.0.0.5:5432,"
                                + " address=10.0.0.5:5432, ask=TCP, path=/healthz?deep=1, status=204, body=null, group=],"
                                + " Asked[name=mail, url=http://10.0.0.9:8025, address=10.0.0.9:8025, ask=HTTP,"
                                + " path=/health, status=503, body=fine, group=], Asked[name=web, url=http://web,"
                                + " address=web:80, ask=HTTP, path=/healthz?deep=1, status=204, body=null, group=]]]");
    }
}

package io.echogate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about {@code watch}, and how urls are understood. */
final class WatchFaultsTest {
    private static final String MEMBERS = "\nmembers: [{name: S1, url: http://h}]\n";
    private static final String NAME = "1 to 64 letters, digits, dots, dashes or underscores";
    private static final String URL = "icmp://HOST, tcp://HOST:PORT or http://HOST:PORT, such as tcp://10.0.0.5:5432";
    private static final String ITEM = "somebody to watch, such as {name: gw, url: icmp://10.0.0.1}";

    private static Arguments row(String yaml, String... faults) {
        return Arguments.of(
                yaml + MEMBERS,
                Stream.of(faults).map(fault -> "f.yaml:" + fault).toList());
    }

    private static Arguments url(String url, String problem) {
        return row("watch: [{name: a, url: '" + url + "'}]", "1:24: watch[0].url: " + problem + "; expected " + URL);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                row(
                        "watch: gw",
                        "1:8: watch: is a single value; expected a list, such as - {name: gw, url: icmp://10.0.0.1}"),
                row(
                        "watch: [gw, [], {}]",
                        "1:9: watch[0]: is a single value; expected " + ITEM,
                        "1:13: watch[1]: is a list; expected " + ITEM,
                        "1:17: watch[2].name: missing; expected " + NAME,
                        "1:17: watch[2].url: missing; expected " + URL),
                row(
                        "watch: [{name: a, url: icmp://h, port: 3}]",
                        "1:34: watch[0].port: unknown key; expected one of name, url, path, status, body," + " group"),
                row(
                        "watch: [{name: a, url: icmp://h, group: \"\\u2028\"}, {name: b, url: icmp://i, group: [x]}]",
                        "1:41: watch[0].group: `\u2028` is too long or not on one line; expected text of at most 64 characters on one line",
                        "1:84: watch[1].group: is a list; expected text of at most 64 characters on one line"),
                row(
                        "watch:\n- {name: S1, url: icmp://h}\n- {name: b, url: icmp://h}\n- {name: b, url: icmp://i}\n",
                        "2:10: watch[0].name: `S1` is already the name of members[0] in line 6; expected each once",
                        "3:18: watch[1].url: `icmp://h` is already the url of watch[0] in line 2; expected each once",
                        "4:10: watch[2].name: `b` is already the name of watch[1] in line 3; expected each once"),
                row(
                        "watch:\n- {name: a, url: 'tcp://[::1]:80'}\n- {name: b, url: 'TCP://[0:0::1]:80/'}\n",
                        "3:18: watch[1].url: `TCP://[0:0::1]:80/` is already the url of watch[0] in line 2; expected"
                                + " each once"),
                row(
                        "watch:\n- {name: a, url: icmp://h, path: /a, status: 200}\n- {name: b, url: 'tcp://h:1', body: x}\n",
                        "2:34: watch[0].path: has no meaning with icmp://; expected it with http:// only",
                        "2:46: watch[0].status: has no meaning with icmp://; expected it with http:// only",
                        "3:37: watch[1].body: has no meaning with tcp://; expected it with http:// only"),
                row(
                        "ping: {answerLimit: 1KiB}\nwatch: [{name: a, url: http://h, body: " + "x".repeat(600) + "}]",
                        "2:40: watch[0].body: ping.answerLimit 1KiB has no room for it and a head of 512; expected"
                                + " ping.answerLimit of at least 1112B"),
                url("10.0.0.1", "`10.0.0.1` is not a URL: it has no scheme"),
                url("https://h", "`https://h`: not yet: TLS to members comes later"),
                url("udp://h:53", "`udp://h:53`: `udp` is not a scheme we speak"),
                url("icmp://h:80", "`h:80` has a port, of which ICMP knows nothing"),
                url("icmp://::1", "`::1` is not a host (IPv6 addresses stand in brackets)"),
                url("icmp://0.0.0.0", "`0.0.0.0` is for listening, nobody is there"),
                url("icmp://", "has no host"),
                url("tcp://h", "`h` has no port"),
                url("tcp://h:0", "port 0 cannot be connected to"),
                url("tcp://h:65536", "`65536` is not a port (0 to 65535)"),
                url("tcp://h:80/x", "`tcp://h:80/x` has a path, which does not belong here"),
                url("http://u@h", "`http://u@h` has a user, which does not belong here"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultIsSaid(String yaml, List<String> faults) {
        Parsed parsed = ConfigReader.read("f.yaml", yaml);
        assertThat(parsed).isInstanceOf(Bad.class);
        assertThat(((Bad) parsed).faults()).extracting(Fault::toString).containsExactlyElementsOf(faults);
    }

    @Test
    void moreThanTenThousandAreRefused() {
        String items = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{name: w" + i + ", url: icmp://h" + i + "}")
                .collect(Collectors.joining(","));
        Parsed parsed = ConfigReader.read("f.yaml", "watch: [" + items + "]" + MEMBERS);
        assertThat(((Bad) parsed).faults())
                .extracting(Fault::toString)
                .containsExactly("f.yaml:1:8: watch: has 10001 items; expected at most 10000");
    }

    @Test
    void theSameMachineMayBeAskedInSeveralWays() {
        Parsed parsed = ConfigReader.read(
                "f.yaml",
                "watch: [{name: a, url: icmp://h}, {name: b, url: 'tcp://h:80'}, {name: c, url: http://h}]" + MEMBERS);
        assertThat(parsed).isInstanceOf(Good.class);
        assertThat(((Good) parsed).config().everybody()).extracting(Asked::name).containsExactly("S1", "a", "b", "c");
    }
}

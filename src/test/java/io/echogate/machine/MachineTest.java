package io.echogate.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.http.Verb;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Target in, answer out. */
final class MachineTest {
    private static final String USAGE =
            "This is S1. GET /?first=3&second=7 adds two numbers; GET /ping answers pong.\n";
    private static final String TOO_LONG = "has more than 100 digits before or after its decimal point";
    private final Machine machine = new Machine("S1", Chance.seeded(7));

    @ParameterizedTest
    @CsvSource({
        "3, 7, 3, 7, 10",
        "7, 3, 7, 3, 10",
        "3, 3, 3, 3, 6",
        "-5, 5, -5, 5, 0",
        "0.1, 0.2, 0.1, 0.2, 0.3",
        "3.10, 1, 3.10, 1, 4.10",
        "1e3, 1E-3, 1000, 0.001, 1000.001",
        "007, -0, 7, 0, 7",
        ".5, 5., 0.5, 5, 5.5",
        "%33, %2B7, 3, 7, 10",
        "%2d1, 1e%2B2, -1, 100, 99",
        "0e9999999, 1, -, -, -",
        "1e0000000002, 1, 100, 1, 101",
        "99999999999999999999999999999999999999, 1, 99999999999999999999999999999999999999, 1,"
                + " 100000000000000000000000000000000000000",
        "0.00000000000000000000000000000000000000000001, 1, 0.00000000000000000000000000000000000000000001, 1,"
                + " 1.00000000000000000000000000000000000000000001",
    })
    void sums(String first, String second, String firstOut, String secondOut, String sum) {
        Answer answer = machine.answer(Verb.GET, "/?first=" + first + "&second=" + second);
        if (sum.equals("-")) {
            assertThat(answer.status()).isEqualTo(400);
            return;
        }
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.body())
                .startsWith("{\"machine\":\"S1\",\"first\":" + firstOut + ",\"second\":" + secondOut + ",\"sum\":" + sum
                        + ",\"random\":")
                .endsWith("}");
    }

    static Stream<Arguments> mistakes() {
        String nines = "9".repeat(101);
        return Stream.of(
                Arguments.of("first=3", "second is missing"),
                Arguments.of("second=3", "first is missing"),
                Arguments.of("first=&second=3", "first has no value"),
                Arguments.of("first&second=3", "first has no value"),
                Arguments.of("first=a&second=", "first is not a decimal number: a; second has no value"),
                Arguments.of("first=1&first=2&second=3", "first is given 2 times"),
                Arguments.of("first=1&%66irst=1&second=3", "first is given 2 times"),
                Arguments.of("first=NaN&second=3", "first is not a decimal number: NaN"),
                Arguments.of("first=-Infinity&second=3", "first is not a decimal number: -Infinity"),
                Arguments.of("first=0x10&second=3", "first is not a decimal number: 0x10"),
                Arguments.of("first=1_000&second=3", "first is not a decimal number: 1_000"),
                Arguments.of("first=1,5&second=3", "first is not a decimal number: 1,5"),
                Arguments.of(
                        "first=1f&second=1d", "first is not a decimal number: 1f; second is not a decimal number: 1d"),
                Arguments.of("first=.&second=3", "first is not a decimal number: ."),
                Arguments.of("first=--1&second=3", "first is not a decimal number: --1"),
                Arguments.of("first=1e&second=3", "first is not a decimal number: 1e"),
                Arguments.of("first=%D9%A3&second=3", "first is not a decimal number: \\u0663"),
                Arguments.of("first=%00%0a<b>&second=3", "first is not a decimal number: \\u0000\\u000a<b>"),
                Arguments.of("first=%ff&second=3", "first is not a decimal number: \\ufffd"),
                Arguments.of("first=+3&second=3", "first has a space in it (a plus sign is written %2B)"),
                Arguments.of("first=3%20&second=3", "first has a space in it (a plus sign is written %2B)"),
                Arguments.of("first=%&second=3", "first has a % without two hexadecimal digits after it"),
                Arguments.of("first=%3&second=3", "first has a % without two hexadecimal digits after it"),
                Arguments.of("first=%3g&second=3", "first has a % without two hexadecimal digits after it"),
                Arguments.of("first=1e999999999&second=3", "first " + TOO_LONG),
                Arguments.of("first=1e-999999999&second=3", "first " + TOO_LONG),
                Arguments.of("first=1&second=1e99999999999999999999", "second " + TOO_LONG),
                Arguments.of("first=1e100&second=3", "first " + TOO_LONG),
                Arguments.of("first=1e-101&second=3", "first " + TOO_LONG),
                Arguments.of("first=" + nines + "&second=3", "first " + TOO_LONG),
                Arguments.of("first=0." + nines + "&second=3", "first " + TOO_LONG),
                Arguments.of("first=" + nines.repeat(100) + "&second=3", "first has 10100 characters, more than 220"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamed(String query, String why) {
        Answer answer = machine.answer(Verb.GET, "/?" + query);
        assertThat(answer).isEqualTo(Answer.line(400, why));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ping, 200",
        "HEAD, /ping, 200",
        "GET, /ping?first=x, 200",
        "GET, /, 200",
        "GET, '', 200",
        "GET, ?, 200",
        "GET, /?, 200",
        "GET, /?&&=&third=3&%=%, 200",
        "POST, /, 405",
        "POST, /ping, 405",
        "OPTIONS, *, 405",
        "CONNECT, h:80, 404",
        "GET, /pong, 404",
        "DELETE, /Ping, 404",
        "GET, /ping/, 404",
        "GET, //ping, 404",
    })
    void paths(Verb verb, String target, int status) {
        assertThat(machine.answer(verb, target).status()).isEqualTo(status);
    }

    @Test
    void withoutNumbersItSaysWhatItIs() {
        assertThat(machine.answer(Verb.GET, "/")).isEqualTo(Answer.line(200, USAGE.strip()));
        assertThat(machine.answer(Verb.GET, "/ping")).isEqualTo(Answer.text("pong"));
    }

    @Test
    void argumentsNobodyKnowsAreIgnored() {
        assertThat(machine.answer(Verb.GET, "/?a=%zz&second=2&FIRST=9&first=1&b")
                        .body())
                .contains("\"sum\":3,");
    }

    @Test
    void theNameIsEscaped() {
        Machine odd = new Machine("a\"\\\n\u2028é", Chance.seeded(7));
        assertThat(odd.answer(Verb.GET, "/?first=1&second=1").body())
                .isEqualTo(
                        "{\"machine\":\"a\\\"\\\\\\u000a\\u2028é\",\"first\":1,\"second\":1,\"sum\":2,\"random\":1}");
    }

    /** Whatever is asked, there is an answer, and it is short. */
    @Test
    void garbageIsAnswered() {
        String[] parts = {
            "first", "second", "=", "&", "%", "3", "%3", "%33", "+", "-", ".", "e9", "e", "0", "?", "/", "%c3"
        };
        RandomGenerator chance = Chance.seeded(11);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder target = new StringBuilder("/?first=");
            for (int n = chance.nextInt(12); n > 0; n--) {
                target.append(parts[chance.nextInt(parts.length)]);
            }
            Answer answer = machine.answer(Verb.GET, target.toString());
            assertThat(answer.status()).as(target.toString()).isIn(200, 400);
            assertThat(answer.body()).hasSizeLessThan(1000);
        }
    }
}

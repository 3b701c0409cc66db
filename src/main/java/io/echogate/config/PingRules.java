package io.echogate.config;

import java.time.Duration;

/**
 * How a service is asked ({@code GET path}) and judged; YAML section {@code ping}.
 *
 * @param path target of the request, begins with a slash; default {@code /ping}
 * @param status expected status; default 200
 * @param body expected body, compared byte for byte after trailing white space is cut; default {@code pong}
 * @param timeout for the whole check: resolve, connect, answer; default 800 ms; at most {@code pollFreq} × 10
 * @param fall consecutive corroborated failures to {@code DOWN}; default 3
 * @param rise consecutive passes from {@code DOWN} to {@code UP}; default 2
 * @param doubtAfter silence before doubt; default 200 ms; at most {@code timeout}; grows to the median
 *     round trip of the newest answers + 4 median deviations (after RFC 6298)
 * @param doubtFreq re-asking while in doubt, start to start; default 200 ms; at most {@code pollFreq}
 * @param downFreq first interval while {@code DOWN}; default 1 s
 * @param downFreqMax the interval it grows to; default 5 s; at least {@code downFreq}
 * @param listenLate how long after asking a late answer is still listened for; default 2 s; at least {@code timeout}, at
 *     most 100 × {@code doubtFreq}
 * @param holdDown a member that is down within 30 s of being back twice in a row answers for so long before it is
 *     {@code UP}, twice as long each further time, up to 32-fold; default 1 s; 0 s: not at all
 * @param answerLimit bytes of head and body after which an answer is cut off and wrong; default 16 KiB
 */
public record PingRules(
        String path,
        int status,
        String body,
        Duration timeout,
        int fall,
        int rise,
        Duration doubtAfter,
        Duration doubtFreq,
        Duration downFreq,
        Duration downFreqMax,
        Duration listenLate,
        Duration holdDown,
        int answerLimit) {
    public static final PingRules DEFAULT = new PingRules(
            "/ping",
            200,
            "pong",
            Duration.ofMillis(800),
            3,
            2,
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            16 * 1024);
}

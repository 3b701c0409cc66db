package io.echogate.lab;

import java.time.Duration;

/** What the design promises for the default configuration, and how exactly the lab can measure it. The only such place. */
final class Promise {
    /** Added to every promise: reading the JSON, waking threads, a busy machine. */
    static final Duration MEASURING = Duration.ofMillis(300);

    /** pollFreq + 2 × doubtFreq: refusals need no time-out. */
    static final Duration REFUSED = Duration.ofMillis(1400);

    /** pollFreq + 2 × doubtFreq + time-out. */
    static final Duration SILENT = Duration.ofMillis(2200);

    /**
     * The longest that a client's safe request may wait: it leaves at the first doubt (pollFreq + doubtAfter, 1.2 s) and
     * begins anew elsewhere, together with all others; in any case before its member is convicted.
     */
    static final Duration CLIENT_WAITS = SILENT;

    /** downFreqMax + doubtFreq: asked at last, and once more. */
    static final Duration BACK = Duration.ofMillis(5200);

    private Promise() {}

    /** The promise with what measuring may add. */
    static Duration measured(Duration promise) {
        return promise.plus(MEASURING);
    }
}

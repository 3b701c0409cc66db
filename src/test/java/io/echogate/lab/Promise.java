package io.echogate.lab;

import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Parsed;
import io.echogate.judge.WorstCase;
import java.time.Duration;

/** What is computed for the lab's configuration, and how exactly the lab can measure it. The only such place. */
final class Promise {
    /** Added to every promise: reading the JSON, waking threads, a busy machine. */
    static final Duration MEASURING = Duration.ofMillis(300);

    private static final Config CONFIG = config();
    private static final WorstCase COMPUTED = WorstCase.of(CONFIG);

    /** Every question fails at once. */
    static final Duration REFUSED = COMPUTED.killed().total();

    /** Questions time out, and a second fact agrees. */
    static final Duration SILENT = COMPUTED.frozen().total();

    /** Machine and service are silent. */
    static final Duration OFF = COMPUTED.off().total();

    /** Questions time out, and no second fact agrees. */
    static final Duration UNCORROBORATED = COMPUTED.uncorroborated().total();

    /** The first doubt. */
    static final Duration DOUBTED = COMPUTED.left().total();

    /** Asked at last, and once more. */
    static final Duration BACK = COMPUTED.back().total();

    /**
     * The longest that a client's safe request may wait: it leaves at the first doubt and begins anew elsewhere, together
     * with all others; in any case before its member is convicted.
     */
    static final Duration CLIENT_WAITS = SILENT;

    /** The same while packets are lost that the kernel sends again in its own time: no doubt need be raised by that. */
    static final Duration CLIENT_WAITS_FOR_LOST =
            CONFIG.carry().firstByteTimeout().plus(CLIENT_WAITS);

    /** The same for one that has part of an answer's head: it leaves at the conviction, and connects elsewhere. */
    static final Duration CLIENT_WAITS_IN_MID_HEAD = SILENT.plus(CONFIG.carry().connectTimeout());

    private Promise() {}

    private static Config config() {
        return switch (ConfigReader.read("lab", Lab.Setup.PLAIN.yaml())) {
            case Parsed.Good good -> good.config();
            case Parsed.Bad bad -> throw new IllegalStateException(bad.faults().toString());
        };
    }

    /** The promise with what measuring may add. */
    static Duration measured(Duration promise) {
        return promise.plus(MEASURING);
    }
}

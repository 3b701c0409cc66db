package io.echogate.lab;

import io.echogate.model.Cause;
import java.time.Duration;
import java.util.Set;

/** What an operator can do to a container, what the monitor must say about it and within which time, and the way back. */
enum Ordeal {
    PAUSE("docker pause machine1", Cause.FROZEN, "docker unpause machine1", false),
    STOP("docker stop machine1", Cause.HOST_SILENT, Containers.runLine("machine1"), true),
    KILL("docker kill machine1", Cause.HOST_SILENT, Containers.runLine("machine1"), true),
    DISCONNECT(
            "docker network disconnect a1_net machine1",
            Cause.HOST_SILENT,
            "docker network connect --ip 1.2.3.100 a1_net machine1",
            false),
    /** Over in a second or two: perhaps not long enough for a verdict; off at first, then up without its service. */
    RESTART("docker restart machine1", Cause.HOST_SILENT, "", true);

    /** All that last end in silence: nothing refuses where no machine is. */
    static final Duration PROMISE = Promise.SILENT;

    /** 2 × doubtFreq. */
    private static final Duration THREE_REFUSALS = Duration.ofMillis(400);

    final String line;
    final Cause cause;
    final String back;
    final boolean startsAnew;

    Ordeal(String line, Cause cause, String back, boolean startsAnew) {
        this.line = line;
        this.cause = cause;
        this.back = back;
        this.startsAnew = startsAnew;
    }

    boolean lasts() {
        return !back.isEmpty();
    }

    /**
     * What DOWN may name until the way back begins. A machine whose network outlives its service for so long that three
     * questions are refused has rightly a closed port first; one that starts again has it last.
     */
    Set<Cause> causes(Duration refusedAtMost) {
        boolean closedFirst = !lasts() || refusedAtMost.compareTo(THREE_REFUSALS) >= 0;
        return closedFirst ? Set.of(cause, Cause.PORT_CLOSED) : Set.of(cause);
    }
}

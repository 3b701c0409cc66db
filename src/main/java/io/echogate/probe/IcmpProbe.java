package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Outcome;
import io.echogate.net.Errno;
import io.echogate.net.IcmpSocket;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Asks machines by ICMP echo, all through one socket. Confined to the probe loop; answers are posted to it. An answer
 * counts by its nonce alone, which nobody can guess.
 */
final class IcmpProbe {
    private final IcmpSocket socket;
    private final RandomGenerator nonces;
    private final Clock clock;
    private final Check.Ear ear;
    private final Map<Long, IcmpCheck> asked = new HashMap<>();
    private int sequence;

    IcmpProbe(IcmpSocket socket, RandomGenerator nonces, Clock clock, Check.Ear ear) {
        this.socket = socket;
        this.nonces = nonces;
        this.clock = clock;
        this.ear = ear;
    }

    boolean reaches(InetAddress to) {
        return socket.reaches(to);
    }

    /** A question that will leave with {@link #send}. */
    IcmpCheck begin(Question q) {
        return new IcmpCheck(q, nonces.nextLong(), this, ear);
    }

    /** Sends it; what the kernel refuses is told at once. */
    void send(IcmpCheck check, InetAddress to) {
        asked.put(check.nonce(), check);
        int errno = socket.send(to, check.nonce(), ++sequence);
        if (errno != 0) {
            asked.remove(check.nonce());
            Outcome outcome = Errno.outcome(errno);
            check.unsent(outcome.silence() ? outcome : Outcome.UNSENT, Errno.words(errno), clock.nanos());
        }
    }

    /** An answer came. A second one to the same question, and any that we never asked for, is ignored. */
    void answered(long nonce, long atNanos) {
        IcmpCheck check = asked.remove(nonce);
        if (check != null) {
            check.answered(atNanos);
        }
    }

    void forget(long nonce) {
        asked.remove(nonce);
    }
}

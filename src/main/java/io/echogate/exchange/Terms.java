package io.echogate.exchange;

import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.Limits;
import io.echogate.http.HeadLimits;

/**
 * What the configuration says about exchanges, durations in nanoseconds.
 *
 * @param queue how long a request waits for a member with room
 * @param linger how long a client's bytes are read and thrown away after an answer that came before them
 */
record Terms(
        HeadLimits head,
        long bodyLimit,
        int replayBuffer,
        long connect,
        long firstByte,
        long request,
        long idle,
        long headTime,
        long linger,
        long queue,
        int furtherAttempts,
        boolean proof,
        boolean hedges,
        long hedgeFloor,
        long hedgeCeiling,
        boolean page) {
    private static final long LINGER = 2_000_000_000L;

    static Terms of(Config c) {
        CarryRules r = c.carry();
        Limits l = c.limits();
        return new Terms(
                new HeadLimits(l.head(), l.headers(), l.target()),
                l.body(),
                r.replayBuffer(),
                r.connectTimeout().toNanos(),
                r.firstByteTimeout().toNanos(),
                r.requestTimeout().toNanos(),
                r.idleTimeout().toNanos(),
                r.headTimeout().toNanos(),
                LINGER,
                l.queueTimeout().toNanos(),
                r.furtherAttempts(),
                r.proofHeaders(),
                r.hedge().enabled(),
                r.hedge().floor().toNanos(),
                r.hedge().ceiling().toNanos(),
                c.page());
    }
}

package io.echogate.probe;

import io.echogate.config.AccessLogRules;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.IcmpRules;
import io.echogate.config.PingRules;
import io.echogate.config.StatusRules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Configurations that differ from the defaults in what a test is about. */
final class TestConfigs {
    private TestConfigs() {}

    /** The changeable part of {@link PingRules}, in milliseconds and bytes. */
    record Ping(long timeout, long listenLate, int answerLimit) {
        Ping timeout(long millis) {
            return new Ping(millis, listenLate, answerLimit);
        }

        Ping listenLate(long millis) {
            return new Ping(timeout, millis, answerLimit);
        }

        Ping answerLimit(int bytes) {
            return new Ping(timeout, listenLate, bytes);
        }
    }

    static Config ping(Config c, UnaryOperator<Ping> change) {
        PingRules p = c.ping();
        Ping n = change.apply(new Ping(p.timeout().toMillis(), p.listenLate().toMillis(), p.answerLimit()));
        PingRules ping = new PingRules(
                p.path(),
                p.status(),
                p.body(),
                Duration.ofMillis(n.timeout),
                p.fall(),
                p.rise(),
                p.doubtAfter(),
                p.doubtFreq(),
                p.downFreq(),
                p.downFreqMax(),
                Duration.ofMillis(n.listenLate),
                p.holdDown(),
                n.answerLimit);
        return with(c, ping, c.icmp());
    }

    /** A member may flap as it likes. */
    static Config holdingNobodyDown(Config c) {
        PingRules p = c.ping();
        PingRules ping = new PingRules(
                p.path(),
                p.status(),
                p.body(),
                p.timeout(),
                p.fall(),
                p.rise(),
                p.doubtAfter(),
                p.doubtFreq(),
                p.downFreq(),
                p.downFreqMax(),
                p.listenLate(),
                Duration.ZERO,
                p.answerLimit());
        return with(c, ping, c.icmp());
    }

    static Config withoutIcmp(Config c) {
        IcmpRules i = c.icmp();
        return with(c, c.ping(), new IcmpRules(false, i.timeout(), i.fall(), i.rise()));
    }

    /** Everybody is asked once at the start and then hardly ever, but in doubt. */
    static Config rarely(Config c) {
        return with(c, Duration.ofMinutes(1), c.ping(), c.icmp(), c.witness());
    }

    static Config witness(Config c, String address) {
        return with(c, c.pollFreq(), c.ping(), c.icmp(), List.of(address));
    }

    private static Config with(Config c, PingRules ping, IcmpRules icmp) {
        return with(c, c.pollFreq(), ping, icmp, c.witness());
    }

    private static Config with(Config c, Duration pollFreq, PingRules ping, IcmpRules icmp, List<String> witness) {
        return new Config(
                c.listen(),
                c.admin(),
                c.page(),
                pollFreq,
                c.noticeWithin(),
                c.policy(),
                ping,
                icmp,
                witness,
                c.carry(),
                c.limits(),
                AccessLogRules.DEFAULT,
                HistoryRules.OFF,
                StatusRules.OFF,
                null,
                c.members(),
                List.of());
    }
}

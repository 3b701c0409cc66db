package io.echogate.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole, valid configuration. Immutable; holds no run-time state.
 *
 * @param listen where clients come in; default {@code 0.0.0.0:3000}
 * @param admin page, API and commands; default {@code 127.0.0.1:3001}
 * @param page carries {@code /-/} from {@code listen} to the page, read-only; default false
 * @param pollFreq every member is asked this often, start to start; default 1 s
 * @param noticeWithin a promise: a configuration whose computed worst case is longer is refused; default none
 * @param policy how a member is chosen; default the first
 * @param ping how services are asked
 * @param icmp how machines are asked
 * @param witness addresses that answer while we are well; at most 16; empty: the default gateway
 * @param carry how requests are carried
 * @param limits what clients may send and hold
 * @param accessLog what is written of each request; default nothing
 * @param history what is remembered
 * @param status what the public is shown; default nothing
 * @param stateDir directory for the token and for what operators ordered; null: the standard one
 * @param members in order of preference; at least one
 * @param watch those who are asked and judged and get no requests; default nobody
 */
public record Config(
        HostPort listen,
        HostPort admin,
        boolean page,
        Duration pollFreq,
        @Nullable Duration noticeWithin,
        PolicyRules policy,
        PingRules ping,
        IcmpRules icmp,
        List<String> witness,
        CarryRules carry,
        Limits limits,
        AccessLogRules accessLog,
        HistoryRules history,
        StatusRules status,
        @Nullable String stateDir,
        List<MemberConfig> members,
        List<Asked> watch) {
    public static final HostPort DEFAULT_LISTEN = new HostPort("0.0.0.0", 3000);
    public static final HostPort DEFAULT_ADMIN = new HostPort("127.0.0.1", 3001);
    public static final Duration DEFAULT_POLL_FREQ = Duration.ofSeconds(1);

    public Config {
        witness = List.copyOf(witness);
        members = List.copyOf(members);
        watch = List.copyOf(watch);
    }

    /** The same with those who are only watched. */
    public Config watching(List<Asked> who) {
        return asking(members, who, status);
    }

    /** The same with that public page. */
    public Config showing(StatusRules rules) {
        return asking(members, watch, rules);
    }

    Config asking(List<MemberConfig> pool, List<Asked> watched, StatusRules shown) {
        return new Config(
                listen,
                admin,
                page,
                pollFreq,
                noticeWithin,
                policy,
                ping,
                icmp,
                witness,
                carry,
                limits,
                accessLog,
                history,
                shown,
                stateDir,
                pool,
                watched);
    }

    /** All who are asked: the members, then those who are only watched. */
    public Stream<Asked> everybody() {
        return Stream.concat(members.stream().map(m -> Asked.of(m, ping)), watch.stream());
    }

    /** Everything at its default but the members. */
    public static Config of(List<MemberConfig> members) {
        return new Config(
                DEFAULT_LISTEN,
                DEFAULT_ADMIN,
                false,
                DEFAULT_POLL_FREQ,
                null,
                PolicyRules.DEFAULT,
                PingRules.DEFAULT,
                IcmpRules.DEFAULT,
                List.of(),
                CarryRules.DEFAULT,
                Limits.DEFAULT,
                AccessLogRules.DEFAULT,
                HistoryRules.DEFAULT,
                StatusRules.OFF,
                null,
                members,
                List.of());
    }
}

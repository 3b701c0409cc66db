package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.config.Asked;
import io.echogate.config.MemberConfig;
import io.echogate.config.PingRules;
import io.echogate.judge.Dossier;
import io.echogate.model.Ask;
import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Echo;
import io.echogate.model.HostView;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import io.echogate.model.ServiceView;
import io.echogate.model.Standing;
import io.echogate.model.State;
import io.echogate.model.Strip;
import io.echogate.model.Timing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the writer keeps of one member. Mutable; touched by the writer's thread only. */
final class MemberFile {
    private static final int EVIDENCE = 8;

    private final int index;
    private final Asked config;
    private final int weight;
    private final int tier;
    private final Clock clock;
    private final Deque<Echo> evidence = new ArrayDeque<>();
    private final LifeSigns signs;
    private Dossier dossier;
    private @Nullable InetSocketAddress address;
    private Instant since;
    private Order order = Order.READY;
    private long pressedNanos = Long.MIN_VALUE;
    private Strip hostStrip = Strip.EMPTY;
    private Strip serviceStrip = Strip.EMPTY;
    private HostView host = HostView.UNASKED;
    private ServiceView service = ServiceView.UNASKED;
    private long returnedNanos = Standing.NEVER;
    private @Nullable Member view;

    /** Of the pool. */
    MemberFile(int index, MemberConfig member, Clock clock) {
        this(index, Asked.of(member, PingRules.DEFAULT), member.weight(), member.priority(), clock);
    }

    /** Only watched. */
    MemberFile(int index, Asked asked, Clock clock) {
        this(index, asked, Standing.DEFAULT.weight(), Standing.DEFAULT.tier(), clock);
    }

    private MemberFile(int index, Asked config, int weight, int tier, Clock clock) {
        this.index = index;
        this.config = config;
        this.weight = weight;
        this.tier = tier;
        this.clock = clock;
        this.signs = new LifeSigns(config.ask());
        this.dossier = Dossier.unknown(clock.nanos(), config.ask());
        this.since = clock.now();
        this.address = literal(config);
    }

    private static @Nullable InetSocketAddress literal(Asked config) {
        try {
            InetAddress ip = InetAddress.ofLiteral(config.address().host());
            return new InetSocketAddress(ip, config.address().port());
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }

    int index() {
        return index;
    }

    String name() {
        return config.name();
    }

    String url() {
        return config.url();
    }

    Ask ask() {
        return config.ask();
    }

    /** Never gets requests. */
    boolean onlyWatched() {
        return config.ask().onlyWatches();
    }

    Dossier dossier() {
        return dossier;
    }

    /** The newest lines of evidence, oldest first. */
    List<String> evidence() {
        return evidence.stream().map(this::line).toList();
    }

    /**
     * Between when its failure began, as far as that is known. One that is taken out for how it treats clients' requests
     * may answer every ping: then nobody knows when that began.
     */
    Detail onset() {
        boolean conduct = dossier.verdict().cause() == Cause.BROKEN && dossier.onProbation();
        return conduct ? Detail.NONE : signs.onset(clock);
    }

    Order order() {
        return order;
    }

    void order(Order now) {
        order = now;
        view = null;
    }

    void resolved(InetSocketAddress now) {
        address = now;
        view = null;
    }

    void hear(Echo echo, long answeredNanos, Dossier next) {
        dossier = next;
        signs.hear(echo, answeredNanos);
        view = null;
        note(echo);
        if (echo.kind() == Kind.TRAFFIC || !echo.outcome().closes()) {
            return;
        }
        boolean answered = echo.outcome() == Outcome.ANSWERED;
        long trip = answered ? echo.timing().total() : Timing.UNREACHED;
        Instant at = clock.wallOf(echo.heardNanos());
        if (echo.kind() == Kind.ICMP) {
            hostStrip = hostStrip.with(at, echo.outcome(), trip);
            long rtt = answered ? trip : host.rttNanos();
            host = new HostView(host.state(), rtt, hostStrip.lossPercent(), at, hostStrip);
        } else {
            serviceStrip = serviceStrip.with(at, echo.outcome(), trip, echo.timing(), echo.status());
            long rtt = answered ? trip : service.rttNanos();
            service = new ServiceView(
                    service.state(), echo.timing(), rtt, echo.status(), at, echo.detail(), serviceStrip);
        }
    }

    /** More is known, and nothing is concluded from it yet. */
    void knows(Dossier next) {
        dossier = next;
    }

    void conclude(Dossier before, Dossier next) {
        State was = before.verdict().state();
        boolean down = was == State.DOWN || was == State.RECOVERING;
        if (down && next.verdict().state() == State.UP) {
            returnedNanos = next.verdict().sinceNanos();
        }
        if (next.verdict().sinceNanos() != before.verdict().sinceNanos()
                || next.verdict().state() != was) {
            since = clock.wallOf(next.verdict().sinceNanos());
        }
        dossier = next;
        view = null;
    }

    Member view() {
        if (view == null) {
            view = new Member(
                    index,
                    config.name(),
                    config.url(),
                    config.ask(),
                    address,
                    dossier.verdict(),
                    since,
                    order,
                    dossier.proven(),
                    false,
                    null,
                    pressedNanos,
                    host.withState(dossier.hostState()),
                    service.withState(dossier.verdict().state()),
                    new Standing(weight, tier, returnedNanos),
                    config.group());
        }
        return view;
    }

    /** A client's request waits for unusually long. */
    void pressed(long atNanos) {
        pressedNanos = atNanos;
        view = null;
    }

    /** Of passes in a row, and of requests that wait, only the newest says anything. */
    private void note(Echo echo) {
        boolean pass = echo.outcome() == Outcome.ANSWERED;
        if (pass && echo.kind() == Kind.ICMP) {
            return;
        }
        if (!evidence.isEmpty() && (pass || pressing(echo)) && alike(evidence.getLast(), echo)) {
            evidence.removeLast();
        }
        if (evidence.size() == EVIDENCE) {
            evidence.removeFirst();
        }
        evidence.addLast(echo);
    }

    private static boolean alike(Echo a, Echo b) {
        return a.outcome() == b.outcome() && (a.outcome() == Outcome.ANSWERED || a.kind() == b.kind());
    }

    /** A client's request that waits for unusually long: no failure, but reason to ask. */
    static boolean pressing(Echo echo) {
        return echo.kind() == Kind.TRAFFIC && echo.outcome() == Outcome.OVERDUE;
    }

    private String line(Echo echo) {
        boolean byTcp = config.ask() == Ask.TCP && echo.kind() == Kind.HTTP;
        String kind = byTcp ? "TCP" : echo.kind().name();
        return Journal.time(clock.wallOf(echo.askedNanos())) + " " + kind + " #" + echo.question() + " "
                + echo.outcome() + ": " + echo.detail();
    }
}

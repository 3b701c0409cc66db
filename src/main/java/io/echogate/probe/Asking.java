package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.model.Command;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.echogate.net.Dialer;
import io.echogate.net.IcmpSocket;
import io.echogate.net.Resolver;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the {@link Pacer} wants and passes on what is heard: to the pacer, and as commands to the fleet's
 * writer. Confined to the probe loop.
 */
final class Asking implements Pacer.Asker, Check.Ear {
    private static final Logger log = LoggerFactory.getLogger(Asking.class);
    private static final long TOGETHER_NANOS = 1_000_000;
    private static final String BLIND = "we were not looking: this process was suspended or starved";

    private final List<Target> targets;
    private final List<InetAddress> witnesses;
    private final List<String> witnessNames;
    private final Pacer pacer;
    private final Attention attention;
    private final HttpProbe http;
    private final IcmpProbe icmp;
    private final Plays plays = new Plays();
    private final Resolver resolver;
    private final EventLoop loop;
    private final Clock clock;
    private final ProbeMeter meter;
    private final Consumer<List<Command>> writer;
    private final Runnable moved;
    private List<Command> told = new ArrayList<>();
    private long toldNanos;
    private int onTheirWay;
    private long begunNanos;
    private int begun;

    /**
     * Everything it needs for asking.
     *
     * @param witnesses placed after the last member
     * @param moved called when the pacer may be due at another time than before
     */
    Asking(
            Config config,
            List<InetAddress> witnesses,
            Pacer pacer,
            Attention attention,
            IcmpSocket socket,
            RandomGenerator nonces,
            Wiring on,
            Consumer<List<Command>> writer,
            Runnable moved) {
        this.targets =
                config.members().stream().map(m -> new Target(m, config.ping())).toList();
        this.witnesses = witnesses;
        this.witnessNames = witnesses.stream().map(InetAddress::getHostAddress).toList();
        this.pacer = pacer;
        this.attention = attention;
        this.http = new HttpProbe(config.ping(), on.dialer(), plays, on.clock(), this);
        this.icmp = new IcmpProbe(socket, nonces, on.clock(), rounds(config), this, on.meter()::overflowed, plays);
        this.resolver = on.resolver();
        this.loop = on.loop();
        this.clock = on.clock();
        this.meter = on.meter();
        this.writer = writer;
        this.moved = moved;
        this.toldNanos = on.clock().nanos() - TOGETHER_NANOS;
    }

    /** What the asking runs on. */
    record Wiring(EventLoop loop, Dialer dialer, Clock clock, Resolver resolver, ProbeMeter meter) {}

    /** Tells the writer the addresses that need no look-up. */
    void begin() {
        begunNanos = clock.nanos();
        targets.forEach(this::tellAddress);
    }

    Plays plays() {
        return plays;
    }

    int onTheirWay() {
        return onTheirWay;
    }

    private static IcmpProbe.Rounds rounds(Config config) {
        Pace pace = Pace.icmp(config);
        return new IcmpProbe.Rounds(pace.doubtEvery(), pace.listenLate());
    }

    /** Takes in the answers and errors that have come. */
    void read() {
        icmp.read();
        http.read();
    }

    /** Sends the echo requests of this tick together; true when some must wait for the next. */
    boolean flush() {
        return icmp.flush();
    }

    @Override
    public void ask(Question q) {
        q.leftAt(clock.nanos());
        meter.asked(q.lagNanos());
        if (q.kind() == Kind.ICMP) {
            askHost(q);
        } else {
            askService(q);
        }
    }

    private void askHost(Question q) {
        InetAddress to = q.member() < targets.size()
                ? targets.get(q.member()).address()
                : witnesses.get(q.member() - targets.size());
        if (to == null || !icmp.reaches(to)) {
            pacer.closed(q, Outcome.UNSENT, q.askedNanos());
            return;
        }
        carry(q, icmp.ask(q, to));
    }

    private void carry(Question q, Check check) {
        q.check(check);
        onTheirWay++;
    }

    private void over(Question q) {
        if (q.check() != null) {
            q.check(null);
            onTheirWay--;
        }
    }

    private void askService(Question q) {
        if (q.number() == 0 && ++begun == targets.size()) {
            log.info("everybody_asked members={} after_millis={}", begun, (clock.nanos() - begunNanos) / 1_000_000);
        }
        Target target = targets.get(q.member());
        HttpCheck check = http.begin(q, target.request());
        carry(q, check);
        if (target.wantsLookUp(q.askedNanos())) {
            resolver.resolve(target.host(), answer -> loop.execute(() -> lookedUp(target, answer)));
        }
        InetSocketAddress to = target.socketAddress();
        if (to == null) {
            target.await(check);
        } else {
            http.connect(check, to, false);
        }
    }

    private void lookedUp(Target target, Resolver.Answer answer) {
        InetAddress before = target.address();
        InetAddress found = answer instanceof Resolver.Answer.Found f ? f.address() : null;
        List<HttpCheck> waited = target.lookedUp(found, clock.nanos());
        if (found != null && !found.equals(before)) {
            log.info("member_resolved member={} address={}", target.name(), found.getHostAddress());
            tellAddress(target);
        }
        String why = answer instanceof Resolver.Answer.Failed f ? f.why() : "";
        for (HttpCheck check : waited) {
            goOn(check, target.socketAddress(), why);
        }
    }

    private void goOn(HttpCheck check, @Nullable InetSocketAddress to, String why) {
        if (check.waitsForName()) {
            if (to == null) {
                check.unresolved(why);
            } else {
                http.connect(check, to, true);
            }
        }
    }

    private void tellAddress(Target target) {
        InetSocketAddress address = target.socketAddress();
        if (address != null) {
            tell(new Command.Resolved(target.name(), address));
        }
    }

    @Override
    public void overdue(Question q) {
        Check check = q.check();
        if (check != null) {
            check.overdue(clock.nanos());
        }
    }

    @Override
    public void expire(Question q) {
        Check check = q.check();
        if (check != null) {
            check.expire(clock.nanos());
        }
    }

    @Override
    public void excuse(Question q) {
        long now = clock.nanos();
        forget(q);
        Timing timing = Timing.total(now - q.askedNanos());
        tell(q, new Finding(now, Outcome.UNSENT, timing, 0, false, BLIND));
    }

    @Override
    public void forget(Question q) {
        Check check = q.check();
        over(q);
        if (check != null) {
            check.forget();
        }
    }

    @Override
    public void heard(Question q, Finding heard) {
        Finding f = sleptThrough(q, heard) ? heard.excused(BLIND) : heard;
        Outcome outcome = f.outcome();
        if (outcome == Outcome.LATE || outcome == Outcome.ANSWERED || (outcome.closes() && q.open())) {
            over(q);
        }
        if (q.kind() == Kind.HTTP && outcome.closes() && outcome != Outcome.UNSENT) {
            targets.get(q.member()).doubted(outcome.failed());
        }
        tell(q, f);
        if (outcome != Outcome.OVERDUE) {
            pacer.closed(q, outcome, f.heardNanos());
            moved.run();
        }
    }

    /** It came so long after its time that we cannot have been looking, or it failed while we were not. */
    private boolean sleptThrough(Question q, Finding heard) {
        boolean longAfter = heard.heardNanos() - q.deadlineNanos() > Attention.BLIND_NANOS;
        return heard.outcome().closes() && (longAfter || (heard.outcome().failed() && attention.blind(clock.nanos())));
    }

    private void tell(Question q, Finding f) {
        meter.heard(q.kind(), f.outcome());
        if (q.member() < targets.size()) {
            tell(new Command.Heard(
                    plays.told(q, f).echo(q, targets.get(q.member()).name())));
        } else if (f.outcome().closes() && f.outcome() != Outcome.UNSENT) {
            String address = witnessNames.get(q.member() - targets.size());
            tell(new Command.Witness(f.outcome() == Outcome.ANSWERED, f.heardNanos(), address));
        }
    }

    /**
     * Passes on what is heard, together with all else that is heard within {@link #TOGETHER_NANOS}: when thousands answer,
     * the writer is not woken for each. After a while of silence, at once.
     */
    void tell(Command command) {
        if (told.isEmpty()) {
            long wait = toldNanos + TOGETHER_NANOS - clock.nanos();
            if (wait <= 0) {
                loop.execute(this::handOver);
            } else {
                var _ = loop.schedule(this::handOver, wait, TimeUnit.NANOSECONDS);
            }
        }
        told.add(command);
    }

    private void handOver() {
        toldNanos = clock.nanos();
        List<Command> all = told;
        told = new ArrayList<>();
        if (!all.isEmpty()) {
            writer.accept(all);
        }
    }

    /** Ends all that is on its way. */
    void end() {
        pacer.onTheirWay().forEach(this::forget);
        http.end();
        handOver();
    }
}

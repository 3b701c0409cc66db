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
import java.util.List;
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
    private static final String NO_FAMILY = "no ICMP socket for addresses of that family";
    private static final String BLIND = "we were not looking: this process was suspended or starved";

    private final List<Target> targets;
    private final int services;
    private final List<InetAddress> witnesses;
    private final List<String> witnessNames;
    private final Pacer pacer;
    private final Attention attention;
    private final HttpProbe http;
    private final IcmpProbe icmp;
    private final Plays plays = new Plays();
    private final Names names;
    private final Clock clock;
    private final ProbeMeter meter;
    private final Together together;
    private final Runnable moved;
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
        this.witnesses = witnesses;
        this.witnessNames = witnesses.stream().map(InetAddress::getHostAddress).toList();
        this.pacer = pacer;
        this.attention = attention;
        this.http = new HttpProbe(on.dialer(), plays, on.clock(), this);
        this.targets = config.everybody()
                .map(a -> new Target(a, http.answers(Expected.of(a, config.ping()))))
                .toList();
        this.services =
                Math.toIntExact(targets.stream().filter(t -> !t.machineOnly()).count());
        this.icmp = new IcmpProbe(socket, nonces, on.clock(), rounds(config), this, on.meter()::overflowed, plays);
        this.together = new Together(on.loop(), on.clock(), writer);
        this.names = new Names(on.resolver(), on.loop(), on.clock(), together);
        this.clock = on.clock();
        this.meter = on.meter();
        this.moved = moved;
    }

    /** What the asking runs on. */
    record Wiring(EventLoop loop, Dialer dialer, Clock clock, Resolver resolver, ProbeMeter meter) {}

    /** Tells the writer the addresses that need no look-up. */
    void begin() {
        begunNanos = clock.nanos();
        targets.forEach(names::tell);
    }

    Names names() {
        return names;
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
        if (q.member() < targets.size() && targets.get(q.member()).machineOnly()) {
            askMachine(q, targets.get(q.member()));
            return;
        }
        InetAddress to = q.member() < targets.size()
                ? targets.get(q.member()).address()
                : witnesses.get(q.member() - targets.size());
        if (to == null || !icmp.reaches(to)) {
            pacer.closed(q, Outcome.UNSENT, q.askedNanos());
            return;
        }
        carry(q, icmp.ask(q, to));
    }

    /** By ICMP alone: so there is nobody else who would look its name up, or say why it cannot be asked. */
    private void askMachine(Question q, Target target) {
        names.refresh(target, q.askedNanos());
        InetAddress to = target.address();
        if (to == null) {
            NameCheck check = new NameCheck(q, clock::nanos, this);
            carry(q, check);
            target.await(why -> goOn(check, target, why));
        } else if (icmp.reaches(to)) {
            carry(q, icmp.ask(q, to));
        } else {
            heard(q, new Finding(clock.nanos(), Outcome.NO_ROUTE, Timing.total(0), 0, false, NO_FAMILY));
        }
    }

    private void goOn(NameCheck check, Target target, String why) {
        Question q = check.question();
        InetAddress to = target.address();
        if (check.waits() && to == null) {
            check.unresolved(why);
        } else if (check.waits() && to != null) {
            over(q);
            askMachine(q, target);
        }
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
        if (q.number() == 0 && ++begun == services) {
            log.info("everybody_asked members={} after_millis={}", begun, (clock.nanos() - begunNanos) / 1_000_000);
        }
        Target target = targets.get(q.member());
        HttpCheck check = http.begin(q, target);
        carry(q, check);
        names.refresh(target, q.askedNanos());
        InetSocketAddress to = target.socketAddress();
        if (to == null) {
            target.await(why -> goOn(check, target.socketAddress(), why));
        } else {
            http.connect(check, to, false);
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
        if (decides(q) && outcome.closes() && outcome != Outcome.UNSENT) {
            targets.get(q.member()).doubted(outcome.failed());
        }
        tell(q, f);
        if (outcome != Outcome.OVERDUE) {
            pacer.closed(q, outcome, f.heardNanos());
            moved.run();
        }
    }

    /** What its answer says of the member. */
    private boolean decides(Question q) {
        return q.kind() == Kind.HTTP
                || (q.member() < targets.size() && targets.get(q.member()).machineOnly());
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

    /** Passes it on to the writer, soon. */
    void tell(Command command) {
        together.accept(command);
    }

    /** Ends all that is on its way. */
    void end() {
        pacer.onTheirWay().forEach(this::forget);
        http.end();
        together.handOver();
    }
}

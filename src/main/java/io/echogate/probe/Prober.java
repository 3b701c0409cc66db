package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Icmp.Mode;
import io.echogate.model.LookUp;
import io.echogate.model.Member;
import io.echogate.net.Dialer;
import io.echogate.net.EventLoops;
import io.echogate.net.IcmpSocket;
import io.echogate.net.Resolver;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the pacing of questions to one event loop and its clock, and hands what is heard to the fleet's writer. All of
 * it runs on that loop; {@link #onFleet} and {@link #close} may be called from any thread and only post. Nothing here
 * waits: not for an answer, not for a name, not for the writer.
 */
public final class Prober implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    /** After a gap, the loop's next round reads what has come meanwhile; only then is silence judged. */
    private static final long READ_FIRST_NANOS = 1_000_000;

    /** What is due within so short a time is done together: many echo requests leave with one system call. */
    private static final long QUANTUM_NANOS = 1_000_000;

    private static final String SWITCH_ON = "set icmp.enabled: true in the configuration";

    private final EventLoop loop;
    private final Clock clock;
    private final Pacer pacer;
    private final Attention attention;
    private final Asking asking;
    private final IcmpSocket socket;
    private final Resolver resolver = new Resolver();
    private final ProbeMeter meter;
    private final Icmp icmp;
    private final AtomicReference<@Nullable Fleet> news = new AtomicReference<>();
    private final AtomicBoolean toRead = new AtomicBoolean();
    private List<Member> learned = List.of();
    private List<Member> watched = List.of();
    private long toldSeq = -1; // on the thread that tells
    private long pressedSeq; // likewise
    private @Nullable ScheduledFuture<?> wake;
    private long wakeNanos;
    private long wokenNanos;
    private boolean ticking;
    private boolean reading;
    private boolean toSend;
    private boolean closed;

    private Prober(
            Config config,
            EventLoops loops,
            Clock clock,
            Meters meters,
            RandomGenerator chance,
            Consumer<List<Command>> writer) {
        this.loop = loops.group().next();
        this.clock = clock;
        this.socket = IcmpSocket.open(clock);
        this.icmp = config.icmp().enabled() ? socket.icmp() : new Icmp(Mode.NONE, SWITCH_ON);
        this.meter = new ProbeMeter(meters.newLoop());
        boolean asksHosts = icmp.mode() != Mode.NONE;
        List<InetAddress> witnesses = asksHosts ? Witnesses.of(config) : List.of();
        this.pacer = new Pacer(config, witnesses.size(), asksHosts, chance, clock.nanos());
        this.attention = new Attention(clock.nanos());
        this.wokenNanos = clock.nanos() - QUANTUM_NANOS;
        Asking.Wiring wiring = new Asking.Wiring(loop, Dialer.on(loop, loops), clock, resolver, meter);
        this.asking = new Asking(config, witnesses, pacer, attention, socket, chance, wiring, writer, this::rearm);
    }

    /**
     * Starts asking: everybody at once, then at each one's own pace. Opens sockets and reads the routing table: not for
     * an event loop.
     *
     * @param loops one of them becomes the probe loop; meant to be a group of its own
     * @param chance unpredictable, since nonces come from it; used on the probe loop alone
     * @param writer is handed what is heard, on the probe loop; must not wait
     */
    public static Prober start(
            Config config,
            EventLoops loops,
            Clock clock,
            Meters meters,
            RandomGenerator chance,
            Consumer<List<Command>> writer) {
        Prober prober = new Prober(config, loops, clock, meters, chance, writer);
        prober.loop.execute(prober::begin);
        return prober;
    }

    private void begin() {
        if (icmp.mode() != Mode.NONE) {
            log.info("icmp_ready mode={}", icmp.mode());
            socket.listen(this::readable);
        } else if (icmp.remedy().equals(SWITCH_ON)) {
            log.info("icmp_switched_off");
        } else {
            log.warn("icmp_unavailable remedy: {}", icmp.remedy());
        }
        asking.tell(new Command.IcmpIs(icmp));
        asking.begin();
        attention.looked(clock.nanos());
        rearm();
    }

    /**
     * Tells of a new snapshot: whoever is in doubt, or keeps a client's request waiting for unusually long, is asked at
     * once. One thread, any; never waits. Snapshots without a new verdict do not trouble the probe loop.
     */
    public void onFleet(Fleet now) {
        if (now.changedSeq() == toldSeq && now.pressedSeq() == pressedSeq) {
            return;
        }
        toldSeq = now.changedSeq();
        pressedSeq = now.pressedSeq();
        if (news.getAndSet(now) == null) {
            post(this::learn);
        }
    }

    /** When the member of that index is asked next, as {@link Pacer#nextNanos} says. Any thread. */
    public long nextNanos(int index) {
        return pacer.nextNanos(index);
    }

    private void learn() {
        Fleet fleet = news.getAndSet(null);
        if (fleet != null) {
            asking.plays().fleet(fleet);
            learn(learned, fleet.members());
            learn(watched, fleet.watched());
            learned = fleet.members();
            watched = fleet.watched();
        }
        rearm();
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot carries unchanged members over as they are
    private void learn(List<Member> before, List<Member> members) {
        long now = clock.nanos();
        for (int i = 0; i < members.size(); i++) {
            Member m = members.get(i);
            Member was = i < before.size() ? before.get(i) : null;
            if (was != m) {
                pacer.learn(m.index(), m.state(), m.host().state(), now);
                if (m.pressedNanos() != (was == null ? Long.MIN_VALUE : was.pressedNanos())) {
                    pacer.press(m.index(), now);
                }
            }
        }
    }

    private void readable() {
        if (toRead.compareAndSet(false, true)) {
            post(this::read);
        }
    }

    private void read() {
        toRead.set(false);
        if (closed) {
            return;
        }
        ticking = true;
        try {
            asking.read();
        } finally {
            ticking = false;
            rearm();
        }
    }

    /**
     * Keeps one wake-up scheduled: when the pacer is due, at most {@link #QUANTUM_NANOS} later, and never later than we
     * want to look around.
     */
    private void rearm() {
        if (ticking || closed) {
            return;
        }
        long soonest = wokenNanos + QUANTUM_NANOS;
        long wanted = toSend ? soonest : earlier(pacer.dueNanos(), attention.nextNanos());
        long due = wanted - soonest < 0 ? soonest : wanted;
        if (wake == null) {
            wakeAt(due);
        } else if (wakeNanos - due > 0) {
            wake.cancel(false);
            wakeAt(due);
        }
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private void wakeAt(long nanos) {
        wakeNanos = nanos;
        wake = loop.schedule(this::woken, Math.max(0, nanos - clock.nanos()), TimeUnit.NANOSECONDS);
    }

    private void woken() {
        wake = null;
        if (closed) {
            return;
        }
        long now = clock.nanos();
        wokenNanos = now;
        if (attention.gapNanos(now) > 0 && !reading) {
            reading = true;
            wakeAt(now + READ_FIRST_NANOS);
            return;
        }
        reading = false;
        ticking = true;
        try {
            asking.read();
            look(now);
            toSend = asking.flush();
        } catch (RuntimeException e) {
            log.error("probe_tick_failed", e);
        } finally {
            ticking = false;
            rearm();
        }
    }

    private void look(long now) {
        long gap = attention.gapNanos(now);
        attention.looked(now);
        if (gap > 0) {
            meter.missed(gap);
            pacer.missed(gap, asking);
            asking.tell(new Command.Missed(gap));
        }
        if (pacer.dueNanos() - now <= 0) {
            meter.ticked(asking.onTheirWay());
            pacer.tick(now, asking);
        }
    }

    /** The newest look-up of that one's name, or null: an address is looked up by nobody. Any thread. */
    public @Nullable LookUp lookUp(String name) {
        return asking.names().newest(name);
    }

    private void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("probe_loop_ended");
        }
    }

    /** Stops asking; nothing more is heard once the probe loop has got to it. */
    @Override
    public void close() {
        resolver.close();
        post(this::end);
    }

    private void end() {
        closed = true;
        if (wake != null) {
            wake.cancel(false);
        }
        socket.close();
        asking.end();
    }
}

package io.echogate.relay;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.exchange.Surroundings;
import io.echogate.meter.LoopMeter;
import io.echogate.model.Command;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.net.Errno;
import io.echogate.net.EventLoops;
import io.echogate.net.Streams;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of one event loop: clients, pools, deadlines, counters. Confined to it; shares members' free seats only. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes as an event
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** An idle connection is given up after this share of the idle time-out: well before a member does it. */
    private static final int IDLE_SHARE = 6;

    private final int number;
    private final EventLoop loop;
    private final Clock clock;
    private final Surroundings around;
    private final Books books;
    private final Evidence evidence;
    private final Account account;
    private final Wheel wheel;
    private final Streams streams;
    private final @Nullable SocketAddress page;
    private final long idleClient;
    private final long idleLimit;
    private final AtomicLongArray answered;
    private final Traces traces;
    private final Evictions evictions;
    private final Rehearsal rehearsal = new Rehearsal();
    private final LineUp line;
    private final Pools pools;
    private final Clients clients = new Clients(this);
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private final @Nullable AccessTap access;
    private @Nullable ScheduledFuture<?> ticking;
    private long nextTick;
    private long clientCount;
    private boolean closing;
    private long lastLook;

    /**
     * What all lanes of a relay share.
     *
     * @param page where the page is, null without one
     * @param questions numbers the evidence of all
     * @param secret what cookies are signed with
     * @param crowd what happens when too many requests come
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Shared(
            Config config,
            EventLoops loops,
            @Nullable SocketAddress page,
            Clock clock,
            Consumer<Command> writer,
            AtomicLong questions,
            byte[] secret,
            Crowd crowd) {}

    /** @param number of this lane among those of its relay */
    Lane(int number, EventLoop loop, Shared shared, LoopMeter meter, Fleet fleet, @Nullable AccessTap access) {
        Config config = shared.config();
        this.number = number;
        this.loop = loop;
        this.access = access;
        this.clock = shared.clock();
        this.books = new Books(meter, fleet.members());
        this.line = new LineUp(shared.crowd(), loop, clock, books);
        this.around = new Surroundings(config, fleet, Chance.fast(), shared.secret(), line.seats());
        this.evidence = new Evidence(shared.writer(), shared.questions(), books);
        this.account = new Account(shared.writer(), clock.nanos());
        this.wheel = new Wheel(clock.nanos());
        this.streams = Streams.on(loop, shared.loops());
        this.page = shared.page();
        this.idleClient = config.carry().idleTimeout().toNanos();
        this.idleLimit = idleClient / IDLE_SHARE;
        this.traces = new Traces(config.limits().proofs());
        this.answered = new AtomicLongArray(fleet.members().size());
        this.evictions = new Evictions(fleet);
        this.pools = new Pools(config.limits().idlePerMember(), books, evictions);
        for (int i = 0; i < answered.length(); i++) {
            answered.set(i, Relay.NEVER);
        }
    }

    /** Begins to keep time. Missed ticks are not made up for: sockets are read between any two. */
    void start() {
        around.time(clock.now());
        nextTick = clock.nanos() + Wheel.TICK;
        ticking = loop.scheduleWithFixedDelay(this::tick, Wheel.TICK, Wheel.TICK, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = clock.nanos();
        books.late(Math.max(0, now - nextTick));
        around.time(clock.now());
        wheel.turn(now);
        account.tick(now);
        evictions.enforce(clients, now);
        line.tick();
        clients.tick();
        nextTick = clock.nanos() + Wheel.TICK;
    }

    EventLoop loop() {
        return loop;
    }

    Streams streams() {
        return streams;
    }

    long now() {
        lastLook = clock.nanos();
        return lastLook;
    }

    /** When the event that is being handled began, for what needs no better: a look at the clock is dear. */
    long recently() {
        return lastLook;
    }

    Surroundings around() {
        return around;
    }

    /** Null without an access log. */
    @Nullable
    AccessTap access() {
        return access;
    }

    /** Its last requests. */
    Traces traces() {
        return traces;
    }

    Books books() {
        return books;
    }

    Account account() {
        return account;
    }

    /** A number for a client connection, unique within the relay. */
    long nextClient() {
        return ((long) number << 40) + clientCount++;
    }

    Evidence evidence() {
        return evidence;
    }

    Wheel wheel() {
        return wheel;
    }

    /** How long a client may be idle. */
    long idleClient() {
        return idleClient;
    }

    long idleLimit() {
        return idleLimit;
    }

    boolean closing() {
        return closing;
    }

    Pool pool(int member) {
        return pools.of(member);
    }

    Upstream connect(Member m, Session session) {
        InetSocketAddress address = m.address();
        if (address == null) {
            throw new IllegalStateException("chosen without an address: " + m.name());
        }
        return new Upstream(this, pool(m.index()), address, session);
    }

    Upstream connectPage(Session session) {
        if (page == null) {
            throw new IllegalStateException("carries the page without a way to it");
        }
        return new Upstream(this, null, page, session);
    }

    /** A client could not be taken in. */
    void crowded(int errno) {
        books.crowded.increment();
        log.debug("relay_crowded errno={}", Errno.words(errno));
    }

    Clients clients() {
        return clients;
    }

    void joined(Client c) {
        clients.add(c);
        if (closing) {
            c.drain(now());
        }
    }

    void left(Client c) {
        clients.remove(c);
        if (closing && clients.none()) {
            empty.complete(null);
        }
    }

    void answered(int member, long now) {
        if (member < answered.length() && !rehearsal.plays(member)) {
            answered.setOpaque(member, now);
        }
    }

    /** Any thread. */
    long lastAnswered(int member) {
        return answered.getOpaque(member);
    }

    Evictions evictions() {
        return evictions;
    }

    /** What its clients see of a drill. */
    Rehearsal rehearsal() {
        return rehearsal;
    }

    /** Whoever waits for a member with room. */
    LineUp line() {
        return line;
    }

    /** Takes a newer snapshot and tells everybody who waits. */
    void onFleet(Fleet newer) {
        Fleet older = around.fleet();
        around.fleet(newer);
        account.fleet(newer);
        rehearsal.onFleet(newer);
        pools.onFleet(older, newer);
        evictions.onFleet(newer);
        clients.all().forEach(c -> c.fleetChanged(now()));
        line.look();
    }

    /** Ends what is idle, lets the rest finish until the time is up; done when the last client has left. */
    CompletableFuture<Void> drain(long nanos) {
        loop.execute(() -> {
            closing = true;
            around.drain();
            clients.all().forEach(c -> c.drain(now()));
            pools.closeAll();
            if (clients.none()) {
                empty.complete(null);
            }
            ScheduledFuture<?> cutting = loop.schedule(this::cut, nanos, TimeUnit.NANOSECONDS);
            empty.whenComplete((v, e) -> cutting.cancel(false));
        });
        return empty.thenRun(this::stop);
    }

    private void cut() {
        clients.all().forEach(Client::cut);
    }

    private void stop() {
        pools.closeAll();
        if (ticking != null) {
            ticking.cancel(false);
        }
        streams.close();
    }
}

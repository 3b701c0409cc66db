package io.echogate.relay;

import io.echogate.clock.Chance;
import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.HostPort;
import io.echogate.meter.Meters;
import io.echogate.model.Access;
import io.echogate.model.Command;
import io.echogate.model.DrillReport;
import io.echogate.model.Fleet;
import io.echogate.model.RequestTrace;
import io.echogate.net.EventLoops;
import io.echogate.net.Stream;
import io.echogate.net.Streams;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data plane: listens for clients and carries their requests to members, one {@link Lane} per event loop. Started
 * and closed by {@code app}; {@link #onFleet} and {@link #lastAnsweredNanos} may be called from any thread.
 */
public final class Relay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** What {@link #lastAnsweredNanos} says before the first answer. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final int SECRET = 32;

    private final List<Lane> lanes = new ArrayList<>();
    private final Map<EventExecutor, Lane> byLoop = new HashMap<>();
    private final List<Streams.Listener> listeners = new ArrayList<>();
    private final AtomicReference<Fleet> told;
    private final long drainNanos;
    private final Streams.Door door = new Welcome();
    private final AtomicReference<@Nullable CompletableFuture<Void>> closing = new AtomicReference<>();
    private @Nullable InetSocketAddress address;

    private Relay(Config config, Fleet fleet) {
        this.told = new AtomicReference<>(fleet);
        this.drainNanos = config.carry().drainTimeout().toNanos();
    }

    /** The same with a secret made now: clients that stick to a member do so until the relay is closed. */
    public static Relay start(
            Config config,
            EventLoops loops,
            Clock clock,
            Meters meters,
            Supplier<Fleet> fleet,
            Consumer<Command> writer,
            @Nullable Supplier<Consumer<Access>> access,
            @Nullable Path pageSocket)
            throws ListenException {
        byte[] secret = new byte[SECRET];
        Chance.secure().nextBytes(secret);
        return start(config, loops, clock, meters, fleet, writer, access, pageSocket, secret);
    }

    /**
     * Listens and carries from now on.
     *
     * @param fleet the newest snapshot at any time; newer ones are handed to {@link #onFleet}
     * @param writer takes passive evidence, from any loop; must not block
     * @param access makes each loop a way to the access log, which must not block; null without one
     * @param pageSocket Unix socket of the page, needed when the configuration says {@code page: true}
     * @param secret what the cookies of {@code policy: sticky} are signed with
     * @throws ListenException when the address is taken or not ours
     */
    public static Relay start(
            Config config,
            EventLoops loops,
            Clock clock,
            Meters meters,
            Supplier<Fleet> fleet,
            Consumer<Command> writer,
            @Nullable Supplier<Consumer<Access>> access,
            @Nullable Path pageSocket,
            byte[] secret)
            throws ListenException {
        if (config.page() && pageSocket == null) {
            throw new IllegalArgumentException("page: true needs the page's socket");
        }
        Relay relay = new Relay(config, fleet.get());
        SocketAddress page = pageSocket == null ? null : UnixDomainSocketAddress.of(pageSocket);
        int members = fleet.get().members().size();
        Crowd crowd = Crowd.of(config, members, count(loops));
        Lane.Shared shared = new Lane.Shared(config, loops, page, clock, writer, new AtomicLong(), secret, crowd);
        for (EventExecutor loop : loops.group()) {
            Lane lane = new Lane(
                    relay.lanes.size(), (EventLoop) loop, shared, meters.newLoop(), fleet.get(), tap(access, config));
            relay.lanes.add(lane);
            relay.byLoop.put(loop, lane);
        }
        relay.listen(config);
        relay.lanes.forEach(Lane::start);
        log.info("relay_listening address={} loops={}", relay.address(), relay.lanes.size());
        return relay;
    }

    private static int count(EventLoops loops) {
        int n = 0;
        for (EventExecutor _ : loops.group()) {
            n++;
        }
        return n;
    }

    private static @Nullable AccessTap tap(@Nullable Supplier<Consumer<Access>> access, Config config) {
        return access == null
                ? null
                : new AccessTap(access.get(), config.accessLog().samplePercent());
    }

    private void listen(Config config) throws ListenException {
        HostPort wanted = config.listen();
        InetSocketAddress at = new InetSocketAddress(wanted.host(), wanted.port());
        Sockets.tryAlone(at);
        int limit = config.limits().connections();
        if (!lanes.getFirst().streams().shares()) {
            address = listen(lanes.getFirst(), at, limit);
            return;
        }
        for (Lane lane : lanes) {
            at = listen(lane, at, Math.max(1, limit / lanes.size()));
        }
        address = at;
    }

    private InetSocketAddress listen(Lane lane, InetSocketAddress at, int limit) throws ListenException {
        try {
            Streams.Listener listener = lane.streams().listen(at, limit, door);
            listeners.add(listener);
            return listener.address();
        } catch (IOException e) {
            listeners.forEach(Streams.Listener::close);
            throw new ListenException(at, e);
        }
    }

    /** Makes a client of every accepted connection. Shared by all loops. */
    private final class Welcome implements Streams.Door {
        @Override
        public Stream.Ear opened(EventLoop on, Stream stream, String host, int port) {
            Client client = new Client(laneOf(on), stream, host);
            client.begin();
            return client;
        }

        @Override
        public void crowded(EventLoop on, int errno) {
            laneOf(on).crowded(errno);
        }
    }

    private Lane laneOf(EventLoop loop) {
        Lane lane = byLoop.get(loop);
        if (lane == null) {
            throw new IllegalStateException("accepted on a foreign loop");
        }
        return lane;
    }

    /** Where clients come in, with the port that the kernel chose. */
    public InetSocketAddress address() {
        InetSocketAddress a = address;
        if (a == null) {
            throw new IllegalStateException("not listening");
        }
        return a;
    }

    /** Takes a newer snapshot; never waits. Loops are troubled only when something that routing looks at has changed. */
    public void onFleet(Fleet newer) {
        Fleet older = told.getAndSet(newer);
        if (older.changedSeq() != newer.changedSeq()) {
            lanes.forEach(lane -> lane.loop().execute(() -> lane.onFleet(newer)));
        }
    }

    /** Monotonic time of the newest first byte of an answer from that member, over all loops, or {@link #NEVER}. */
    public long lastAnsweredNanos(int member) {
        long newest = NEVER;
        for (Lane lane : lanes) {
            newest = Math.max(newest, lane.lastAnswered(member));
        }
        return newest;
    }

    /** Those of the kept requests of all loops that are wanted, newest first, up to that many; any thread. */
    public List<RequestTrace> requests(Predicate<RequestTrace> wanted, int limit) {
        return lanes.stream()
                .flatMap(lane -> lane.traces().newest(wanted, limit).stream())
                .sorted(Comparator.comparingLong(RequestTrace::endedNanos).reversed())
                .limit(limit)
                .toList();
    }

    /** Those that end from now on; any thread. */
    public RequestTail tail() {
        return new RequestTail(lanes.stream().map(Lane::traces).toList());
    }

    /** Requests and tunnels that run at that member now, over all loops; any thread. */
    public int running(int member) {
        return lanes.stream().mapToInt(lane -> lane.evictions().running(member)).sum();
    }

    /** Requests and tunnels at that member that the deadline of an order has ever cut, over all loops; any thread. */
    public long cut(int member) {
        return lanes.stream().mapToLong(lane -> lane.evictions().cut(member)).sum();
    }

    /** What clients have seen of the newest drill, over all loops; any thread. */
    public DrillReport.Requests rehearsed() {
        return Rehearsal.sum(lanes.stream().map(Lane::rehearsal).toList());
    }

    /** Calls {@code then} once every loop goes by the snapshots that were handed in so far; any thread, never waits. */
    public void caughtUp(Runnable then) {
        CompletableFuture<?>[] all = lanes.stream()
                .map(lane -> CompletableFuture.runAsync(() -> {}, lane.loop()))
                .toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(all).whenComplete((v, e) -> then.run());
    }

    /** Stops accepting, ends idle connections, lets requests finish for {@code drainTimeout}, then cuts them. */
    public CompletableFuture<Void> drain() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> running = closing.compareAndExchange(null, first);
        if (running != null) {
            return running;
        }
        log.info("relay_draining address={}", address);
        listeners.forEach(Streams.Listener::close);
        CompletableFuture<?>[] all =
                lanes.stream().map(lane -> lane.drain(drainNanos)).toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(all).whenComplete((v, e) -> first.complete(null));
        return first;
    }

    /** The same, and waits for the end of it. */
    @Override
    public void close() {
        drain().join();
    }
}

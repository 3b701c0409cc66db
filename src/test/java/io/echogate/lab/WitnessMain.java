package io.echogate.lab;

import io.echogate.clock.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that watches from inside the lab: started in a host's namespace as {@code WitnessMain ADDRESS PORT},
 * it prints {@link Sighting}s on its standard output and obeys lines on its standard input. {@code load RATE} begins two
 * steady clients, {@code rest} ends them and reports, {@code get TARGET} asks once, the end of the input ends it.
 */
final class WitnessMain {
    private static final int WATCH_EVERY_MILLIS = 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InetSocketAddress monitor;
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
    private final List<Future<?>> asked = new ArrayList<>();
    private final List<SteadyClient> clients = new ArrayList<>();
    private final FleetWatch watch;
    private final Future<?> watched;

    private WitnessMain(InetSocketAddress monitor) {
        this.monitor = monitor;
        this.watch = new FleetWatch(monitor, WitnessMain::print);
        this.watched = watching.scheduleWithFixedDelay(watch::read, 0, WATCH_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static void main(String[] args) throws IOException, InterruptedException {
        WitnessMain witness = new WitnessMain(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            witness.obey(order.split(" ", 2));
        }
        witness.watching.shutdownNow();
        witness.asking.shutdownNow();
    }

    private void obey(String[] order) throws IOException, InterruptedException {
        switch (order[0]) {
            case "load" -> load(Integer.parseInt(order[1]));
            case "rest" -> rest();
            case "get" -> get(order[1]);
            default -> throw new IllegalArgumentException("unknown order " + order[0]);
        }
    }

    private void load(int perSecond) {
        long everyMicros = 1_000_000L / perSecond;
        clients.add(new SteadyClient("keep-alive", monitor, true, WitnessMain::print));
        clients.add(new SteadyClient("fresh", monitor, false, WitnessMain::print));
        for (SteadyClient client : clients) {
            asked.add(asking.scheduleAtFixedRate(client::ask, 0, everyMicros, TimeUnit.MICROSECONDS));
        }
    }

    private void get(String target) throws IOException {
        try (Wire wire = Wire.connect(monitor)) {
            Wire.Answer answer = wire.get(target, false);
            print(new Sighting.Got(Clock.system().nanos(), answer.status(), answer.fields(), answer.body()));
        }
    }

    private void rest() throws InterruptedException {
        requireUnbroken();
        asked.forEach(duty -> duty.cancel(false));
        asked.clear();
        CountDownLatch stopped = new CountDownLatch(1);
        asking.execute(stopped::countDown);
        stopped.await();
        clients.forEach(SteadyClient::finish);
        clients.clear();
        watching.execute(watch::rest);
    }

    private void requireUnbroken() {
        if (watched.isDone() || asked.stream().anyMatch(Future::isDone)) {
            throw new IllegalStateException("a duty ended early: " + watched + ", " + asked);
        }
    }

    private static synchronized void print(Sighting sighting) {
        System.out.println(JSON.writerFor(Sighting.class).writeValueAsString(sighting));
    }
}

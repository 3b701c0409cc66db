package io.echogate.lab;

import io.echogate.clock.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that asks for a sum at a fixed rate whatever becomes of its earlier requests: each runs on a virtual thread
 * of its own. It believes no answer that it has not checked, and never asks twice. Thread-safe.
 */
final class SteadyClient {
    private static final String TARGET = "/?first=1&second=2";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;
    private final InetSocketAddress monitor;
    private final boolean keep;
    private final Consumer<Sighting> witness;
    private final Clock clock = Clock.system();
    private final ConcurrentLinkedDeque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final Phaser running = new Phaser(1);
    private final Map<String, Integer> byMember = new TreeMap<>();
    private int sent;
    private int failed;
    private double worstMillis;
    private @Nullable String lastMember;

    /** @param keep true: connections are used again; false: a fresh one for each request */
    SteadyClient(String name, InetSocketAddress monitor, boolean keep, Consumer<Sighting> witness) {
        this.name = name;
        this.monitor = monitor;
        this.keep = keep;
        this.witness = witness;
    }

    void ask() {
        long due = clock.nanos();
        running.register();
        Thread.startVirtualThread(() -> {
            try {
                answered(due, exchange());
            } catch (IOException | RuntimeException e) {
                failed(due, e.toString());
            } finally {
                running.arriveAndDeregister();
            }
        });
    }

    private String exchange() throws IOException {
        Wire reused = keep ? idle.pollFirst() : null;
        Wire wire = reused == null ? Wire.connect(monitor) : reused;
        boolean again = false;
        try {
            Wire.Answer answer = wire.get(TARGET, keep);
            again = keep && answer.keepsConnection();
            return checked(answer);
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer on port " + wire.port() + "; the monitor: " + Proofs.ofTrouble(), e);
        } finally {
            if (again) {
                idle.addFirst(wire);
            } else {
                wire.close();
            }
        }
    }

    private static String checked(Wire.Answer answer) throws IOException {
        String member = answer.fields().getOrDefault("echogate-member", "nobody");
        if (answer.status() != 200) {
            throw new IOException("status " + answer.status() + " from " + member + ": " + answer.body());
        }
        JsonNode json = JSON.readTree(answer.body());
        if (json.path("sum").asInt() != 3 || !json.path("machine").asString().equals(member)) {
            throw new IOException("a wrong answer from " + member + ": " + answer.body());
        }
        return member;
    }

    private synchronized void answered(long due, String member) {
        count(due);
        byMember.merge(member, 1, Integer::sum);
        if (!member.equals(lastMember)) {
            lastMember = member;
            witness.accept(new Sighting.Carried(clock.nanos(), name, member));
        }
    }

    private synchronized void failed(long due, String reason) {
        count(due);
        failed++;
        witness.accept(new Sighting.Failed(clock.nanos(), name, reason));
    }

    private void count(long due) {
        sent++;
        worstMillis = Math.max(worstMillis, (double) (clock.nanos() - due) / 1e6);
    }

    /** Waits for the requests still under way, reports what all of them came to, and hangs up. */
    void finish() {
        running.arriveAndAwaitAdvance();
        hangUp();
        synchronized (this) {
            witness.accept(new Sighting.Total(clock.nanos(), name, sent, failed, worstMillis, new TreeMap<>(byMember)));
        }
    }

    private void hangUp() {
        for (Wire wire = idle.pollFirst(); wire != null; wire = idle.pollFirst()) {
            try {
                wire.close();
            } catch (IOException e) {
                witness.accept(new Sighting.Failed(clock.nanos(), name, "while hanging up: " + e));
            }
        }
    }
}

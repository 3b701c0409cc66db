package io.echogate.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a monitor that may die at any moment is kept busy with: clients' requests, and an operator's orders and remarks.
 * Knows what it was promised: what was acknowledged holds, what was sent and not acknowledged may.
 */
final class Traffic implements AutoCloseable {
    private static final List<String> ORDERED = List.of("S1", "S3"); // S2 is always there to serve
    private static final List<String> INTENTS = List.of("drain", "maintenance", "ready");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** One monitor's life. */
    record Target(int clients, int admin, String token) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random chance;
    private final Map<String, List<String>> orders = new HashMap<>();
    private final Map<String, List<String>> remarks = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> unready = ConcurrentHashMap.newKeySet();
    private final AtomicLong answered = new AtomicLong();
    private ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
    private int said;
    private int acknowledged;

    Traffic(Random chance) {
        this.chance = chance;
        List.of("S1", "S2", "S3").forEach(member -> orders.put(member, new ArrayList<>(List.of("READY"))));
    }

    void begin(Target target) {
        threads = Executors.newScheduledThreadPool(3);
        repeat(2, () -> request(target));
        repeat(10, () -> order(target));
        repeat(60, () -> remark(target));
    }

    private interface Act {
        void act() throws IOException, InterruptedException;
    }

    private void repeat(int everyMillis, Act act) {
        var _ = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        act.act();
                    } catch (IOException e) {
                        return; // nobody has promised anything
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        wrong(e.toString());
                    }
                },
                0,
                everyMillis,
                TimeUnit.MILLISECONDS);
    }

    private synchronized void wrong(String what) {
        wrong.add(what);
    }

    private void request(Target target) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(target.clients(), "/");
        if (answer.statusCode() == 200) {
            answered.incrementAndGet();
        } else {
            wrong("a request was answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private void order(Target target) throws IOException, InterruptedException {
        String member = ORDERED.get(chance.nextInt(ORDERED.size()));
        String intent = INTENTS.get(chance.nextInt(INTENTS.size()));
        String why = "order " + ++said;
        boolean ready = intent.equals("ready");
        String held = ready ? "READY" : intent.toUpperCase(Locale.ROOT) + " " + why;
        may(orders, member, held);
        int status = post(target, "members/" + member + "/" + intent, new JsonObject().put("why", why));
        settle(member, held, status);
    }

    private synchronized void may(Map<String, List<String>> what, String of, String held) {
        what.computeIfAbsent(of, x -> new ArrayList<>()).add(held);
    }

    private synchronized void settle(String member, String held, int status) {
        List<String> possible = orders.getOrDefault(member, List.of());
        if (status == 200) {
            possible.clear();
            possible.add(held);
            acknowledged++;
        } else {
            wrong.add("an order was answered " + status);
        }
    }

    private void remark(Target target) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(target.admin(), "/-/api/v1/incidents?open=true");
        if (answer.statusCode() == 503) { // the database is only just being made, or opened
            unready.add(answer.body());
            return;
        }
        JsonArray open = new JsonObject(answer.body()).getJsonArray("incidents");
        if (open.isEmpty()) {
            return;
        }
        String id = open.getJsonObject(0).getString("id");
        String text = "remark " + chance.nextInt(Integer.MAX_VALUE);
        String act = chance.nextBoolean() ? "note" : "acknowledge";
        if (post(target, "incidents/" + id + "/" + act, new JsonObject().put("text", text)) == 200) {
            may(remarks, id, text);
        }
    }

    private int post(Target target, String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(target.admin(), "/-/api/v1/" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + target.token())
                .POST(BodyPublishers.ofString(body.put("by", "alice").encode()))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(port, path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Waits until the last of it is over. */
    void end() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a request does not end");
        }
    }

    /** What may be wanted of a member, one of these; from now on it is what is. */
    synchronized List<String> possible(String member, String is) {
        List<String> possible = List.copyOf(orders.getOrDefault(member, List.of()));
        orders.put(member, new ArrayList<>(List.of(is)));
        return possible;
    }

    /** Acknowledged remarks by incident. */
    synchronized Map<String, List<String>> remarks() {
        return Map.copyOf(remarks);
    }

    /** What should not have happened. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    synchronized String sum() {
        int noted = remarks.values().stream().mapToInt(List::size).sum();
        return answered + " requests answered, " + acknowledged + " orders and " + noted + " remarks on "
                + remarks.size() + " incidents acknowledged"
                + (unready.isEmpty() ? "" : "; not at once: " + unready);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}

package io.echogate.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running monitor, asked by HTTP. Every failure is one line with the remedy. */
final class MonitorClient implements AutoCloseable {
    static final String USUAL = "http://127.0.0.1:3001";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A monitor that starts or ends, or a proxy before it, may say so: worth asking again. */
    private static final int FAULT = 500;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;

    /** The monitor cannot be reached just now. */
    static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1;

        Unreachable(URI uri, IOException cause) {
            super(
                    "no monitor answers at " + uri + " ("
                            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                            + "): start one, or name it with --url",
                    cause);
        }

        /** The same for a command that does not wait for it. */
        Failure failure() {
            return new Failure(String.valueOf(getMessage()), this);
        }
    }

    /** @param url with or without scheme and last slash */
    MonitorClient(String url) {
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.base = trimmed.contains("://") ? trimmed : "http://" + trimmed;
        uri("/-/api/v1/fleet");
    }

    private URI uri(String path) {
        try {
            URI uri = URI.create(base + path);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new Failure("not a URL: " + base + "; expected for instance " + USUAL, e);
        }
        throw new Failure("not a URL: " + base + "; expected for instance " + USUAL);
    }

    /** The fleet's JSON as text. */
    String fleetText() throws Unreachable {
        return read("/-/api/v1/fleet", "admin address (or its client address with page: true)");
    }

    JsonObject fleet() throws Unreachable {
        return parsed(fleetText());
    }

    /** What the drill that lasts, or the last one, has shown; null before the first. */
    @Nullable
    JsonObject drill() throws Unreachable {
        return parsed(read("/-/api/v1/drill", "admin address")).getJsonObject("report");
    }

    private String read(String path, String expected) throws Unreachable {
        URI uri = uri(path);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri));
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        if (answer.statusCode() >= FAULT) {
            throw new Unreachable(uri, new IOException("it answered " + answer.statusCode()));
        }
        throw new Failure(uri + " answered " + answer.statusCode() + ": is that a monitor's " + expected + "?");
    }

    static JsonObject parsed(String body) {
        try {
            return new JsonObject(body);
        } catch (RuntimeException e) {
            throw new Failure("the answer is no JSON: is that a monitor?", e);
        }
    }

    /** Gives an operator's order and returns what holds then. */
    JsonObject order(String member, String act, String token, JsonObject order) throws Unreachable {
        String name = URLEncoder.encode(member, StandardCharsets.UTF_8).replace("+", "%20");
        URI uri = uri("/-/api/v1/members/" + name + "/" + act);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(order.encode())));
        if (answer.statusCode() == 200) {
            return parsed(answer.body());
        }
        throw new Failure(act + " " + member + ": " + reason(uri, answer));
    }

    private static String reason(URI uri, HttpResponse<String> answer) {
        if (answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json")) {
            return Spelling.plain(parsed(answer.body()).getString("error", "status " + answer.statusCode()));
        }
        String where = answer.statusCode() == 405 ? ": orders are taken on the admin address only" : "";
        return uri + " answered " + answer.statusCode() + where;
    }

    /** The whole answer, its body included, within the time. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws Unreachable {
        HttpRequest whole = request.timeout(PATIENCE).build();
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(whole, HttpResponse.BodyHandlers.ofString());
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            IOException why = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw new Unreachable(whole.uri(), why);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new Unreachable(
                    whole.uri(), new IOException("no whole answer within " + PATIENCE.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

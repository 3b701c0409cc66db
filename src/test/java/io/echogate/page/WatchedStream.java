package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A viewer that reads everything it is sent. */
final class WatchedStream implements WebSocket.Listener, AutoCloseable {
    final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

    static WatchedStream open(HttpClient client, URI uri, String... headers) {
        WatchedStream stream = new WatchedStream();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        stream.socket.complete(builder.buildAsync(uri, stream).join());
        return stream;
    }

    WebSocket socket() {
        return socket.join();
    }

    /** The next message of that type; beats in between are skipped unless asked for. */
    JsonObject next(String type) throws InterruptedException {
        while (true) {
            JsonObject message = messages.poll(5, TimeUnit.SECONDS);
            assertThat(message).as("no %s within 5 s", type).isNotNull();
            if (type.equals(message.getString("type"))) {
                return message;
            }
            assertThat(message.getString("type")).isEqualTo("beat");
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(new JsonObject(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket().abort();
    }
}

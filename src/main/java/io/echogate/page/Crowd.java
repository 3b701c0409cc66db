package io.echogate.page;

import io.vertx.core.http.HttpConnection;

/** How many connections there are, bounded: one too many is closed at once. Confined to the page's loop. */
final class Crowd {
    private final int most;
    private int now;

    Crowd(int most) {
        this.most = most;
    }

    void come(HttpConnection connection) {
        now++;
        connection.closeHandler(x -> now--);
        if (now > most) {
            var _ = connection.close();
        }
    }
}

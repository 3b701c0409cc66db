package io.echogate.relay;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests that open sockets, backends and relays: what they hand to {@link #closing} is closed after each, newest first. */
abstract class ClosesAfterEach {
    private final List<AutoCloseable> open = new ArrayList<>();

    <T extends AutoCloseable> T closing(T c) {
        open.add(c);
        return c;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable c : open.reversed()) {
            c.close();
        }
    }
}

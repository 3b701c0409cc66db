package io.echogate.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A part that starts on a thread of its own, while others do. Closed, it waits for the start and closes what came of it. */
final class Starting<T extends AutoCloseable> implements AutoCloseable {
    private final CompletableFuture<T> part = new CompletableFuture<>();

    private Starting() {}

    /** @param name of the thread */
    static <T extends AutoCloseable> Starting<T> begin(String name, Callable<T> start) {
        Starting<T> starting = new Starting<>();
        Thread.ofPlatform().daemon().name(name).start(() -> starting.run(start));
        return starting;
    }

    private void run(Callable<T> start) {
        try {
            part.complete(start.call());
        } catch (Throwable t) {
            part.completeExceptionally(t);
        }
    }

    /** Waits until it has started; throws what kept it from that. */
    T get() throws IOException {
        try {
            return part.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException r -> throw r;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        @Nullable T begun = part.handle((p, failed) -> p).join();
        if (begun != null) {
            end(begun);
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot be closed: " + part, e);
        }
    }
}

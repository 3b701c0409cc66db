package io.echogate.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a command runs: until Ctrl-C, SIGTERM, or, for a child of the demo, until the parent is gone. Everything is
 * closed once, in order, before the process ends.
 */
final class Lifetime {
    private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

    private Lifetime() {}

    /** Closes {@code resource} when the process is asked to end, and keeps the caller waiting until then. */
    static void runUntilAsked(String role, AutoCloseable resource, boolean endWithParent) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(resource, ended), role + "-shutdown"));
        if (endWithParent) {
            Thread watch = new Thread(Lifetime::awaitParentsEnd, role + "-parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
        await(ended);
    }

    private static void close(AutoCloseable resource, CountDownLatch ended) {
        try {
            resource.close();
        } catch (Exception e) {
            log.error("shutdown_failed", e);
        } finally {
            ended.countDown();
        }
    }

    /** The parent holds the other end of our standard input and never writes: its end is the end of the stream. */
    private static void awaitParentsEnd() {
        InputStream in = System.in;
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.debug("parent_watch_ended", e);
        }
        System.exit(0);
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host with {@code bench/native/member.c} on it. */
final class Member {
    private static final String PROGRAM =
            Path.of("target/bench/member").toAbsolutePath().toString();

    private final Host host;
    private final Path ledger;
    private final Path log;
    private @Nullable HostProcess process;

    /** @param logs where its ledger and its output go */
    Member(Host host, Path logs) {
        this.host = host;
        ledger = logs.resolve(host.name() + ".ledger");
        log = logs.resolve(host.name() + ".log");
    }

    String name() {
        return host.name().toUpperCase(Locale.ROOT);
    }

    Host host() {
        return host;
    }

    Member begin() {
        process = host.start(log, List.of(PROGRAM, name(), Lab.PORT + "", ledger.toString()));
        return this;
    }

    void awaitListening() {
        process().awaitListening(Lab.PORT);
    }

    private HostProcess process() {
        if (process == null) {
            throw new IllegalStateException(name() + " has not been started");
        }
        return process;
    }

    void kill() {
        process().kill();
    }

    void freeze() {
        process().freeze();
    }

    void thaw() {
        process().thaw();
    }

    void stop() {
        process().stop();
    }

    /** Has it answer in that manner from now on: see {@code member.c}. */
    void behave(String manner) {
        process().order(manner);
    }

    /** The ids of all requests that are not idempotent and that it ran, in order. */
    List<String> ran() {
        try {
            return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

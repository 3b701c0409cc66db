package io.echogate.app;

import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.Fault;
import io.echogate.config.Parsed;
import io.echogate.judge.WorstCase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a configuration as {@code check} and {@code monitor} alike do, the promise of {@code noticeWithin} included. */
final class Configurations {
    private Configurations() {}

    /** The configuration, or empty after every fault has been printed to {@code err}. */
    static Optional<Config> read(Path file, PrintWriter err) {
        return switch (ConfigReader.read(file)) {
            case Parsed.Good good -> kept(good, err);
            case Parsed.Bad(List<Fault> faults) -> refused(faults, err);
        };
    }

    private static Optional<Config> kept(Parsed.Good good, PrintWriter err) {
        List<Fault> faults = Stream.of(brokenPromise(good), StickySecret.fault(good))
                .filter(Objects::nonNull)
                .toList();
        return faults.isEmpty() ? Optional.of(good.config()) : refused(faults, err);
    }

    private static Optional<Config> refused(List<Fault> faults, PrintWriter err) {
        faults.forEach(err::println);
        err.flush();
        return Optional.empty();
    }

    static @Nullable Fault brokenPromise(Parsed.Good good) {
        @Nullable Duration promise = good.config().noticeWithin();
        WorstCase.Line worst = WorstCase.of(good.config()).longest();
        if (promise == null || worst.total().compareTo(promise) <= 0) {
            return null;
        }
        return good.fault(
                "noticeWithin",
                "the computed worst case is longer: " + worst.what() + " takes " + worst.sum(),
                "at least that, or a shorter pollFreq, ping.timeout, ping.doubtFreq or a smaller ping.fall");
    }
}

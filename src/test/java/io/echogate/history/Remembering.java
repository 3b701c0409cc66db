package io.echogate.history;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.MemberConfig;
import io.echogate.fleet.FleetWriter;
import io.echogate.meter.Delays;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Meters;
import io.echogate.meter.Takings;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real writer whose members S1 and S2 are heard by hand, on a clock that is moved by hand, and its history. */
final class Remembering implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final CompletableFuture<Command.Recalled> recalled = new CompletableFuture<>();
    final FleetWriter writer;
    final History history;
    final Takings takings;
    final Delays delays;
    private long question;

    Remembering(Path file) {
        this(HistoryRules.DEFAULT, file, 7, 64 << 20);
    }

    /** @param epoch also how many minutes after the clock's beginning it begins */
    Remembering(HistoryRules rules, Path file, long epoch, long mostBytes) {
        this(rules, file, epoch, mostBytes, true);
    }

    private Remembering(HistoryRules rules, Path file, long epoch, long mostBytes, boolean stores) {
        clock.advanceMillis(60_000 * epoch);
        Config config = Config.of(
                List.of(MemberConfig.of("S1", "127.0.0.11", 3000), MemberConfig.of("S2", "127.0.0.12", 3000)));
        writer = new FleetWriter(config, clock, epoch, Runnable::run, index -> Long.MIN_VALUE);
        Meters meters = new Meters();
        LoopMeter loop = meters.newLoop();
        takings = loop.takings(2);
        delays = loop.newDelays();
        history = History.begin(rules, file, clock, meters, writer.get(), mostBytes, command -> {
            if (command instanceof Command.Recalled known) {
                recalled.complete(known);
            }
        });
        if (stores) {
            history.store();
        }
        writer.tap(history);
    }

    /** Nothing is stored until it is told to. */
    static Remembering noting(Path file) {
        return new Remembering(HistoryRules.DEFAULT, file, 7, 64 << 20, false);
    }

    Remembering hear(String member, Outcome outcome) {
        clock.advanceMillis(10);
        writer.accept(new Command.Heard(
                Echo.of(Kind.HTTP, member, ++question, clock.nanos() - 2_000_000, clock.nanos(), outcome, "evidence")));
        return this;
    }

    /** So many seconds in which both answer once. */
    Remembering seconds(int count) {
        for (int i = 0; i < count; i++) {
            clock.advanceMillis(980);
            hear("S1", Outcome.ANSWERED).hear("S2", Outcome.ANSWERED);
        }
        return this;
    }

    Remembering down(String member) {
        while (writer.get().member(member) != null && state(member) != State.DOWN) {
            hear(member, Outcome.REFUSED);
        }
        return this;
    }

    Remembering up(String member) {
        while (state(member) != State.UP) {
            hear(member, Outcome.ANSWERED);
        }
        return this;
    }

    State state(String member) {
        return Objects.requireNonNull(writer.get().member(member)).state();
    }

    /** Waits until all is stored: null, or why it is not. */
    @Nullable
    String stored() throws Exception {
        CompletableFuture<@Nullable String> done = new CompletableFuture<>();
        history.stored(done::complete);
        return done.get(30, TimeUnit.SECONDS);
    }

    Archive.Range all() {
        return new Archive.Range(
                Instant.parse("2026-01-01T00:00:00Z"), clock.now().plusSeconds(10));
    }

    @Override
    public void close() {
        history.close();
    }
}

package io.echogate.app;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.config.ConfigReader;
import io.echogate.config.MemberConfig;
import io.echogate.config.Parsed;
import io.echogate.fleet.FleetWriter;
import io.echogate.history.PublishedJson;
import io.echogate.history.Recording;
import io.echogate.history.Recording.Recorded;
import io.echogate.model.Command;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Echo;
import io.echogate.model.Event;
import io.echogate.model.Fleet;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording fed to the real writer and judge, drain by drain, on a clock that shows what the recorded one showed. One
 * thread does it all.
 */
final class Replay {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The first snapshot that came out otherwise. */
    record Difference(String place, String expected, String got) {
        List<String> lines() {
            return List.of(
                    "echogate: " + place + ": judged otherwise than recorded",
                    "expected " + expected,
                    "got      " + got);
        }
    }

    private static final class MovedClock implements Clock {
        private long nanos;
        private Instant now;

        private MovedClock(long nanos, Instant now) {
            this.nanos = nanos;
            this.now = now;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    private final String file;
    private final Recording recording;
    private final Consumer<String> timeline;
    private final MovedClock clock;
    private final Set<String> members;
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Long> answered = new ArrayDeque<>();
    private final FleetWriter writer;
    private long events;
    private long snapshots;
    private long commands;

    /**
     * Ready to run.
     *
     * @param timeline is told what happened, line by line
     */
    Replay(String file, Recording recording, Consumer<String> timeline) {
        this.file = file;
        this.recording = recording;
        this.timeline = timeline;
        this.clock = new MovedClock(recording.head().nanos(), recording.head().at());
        Config config = config();
        this.members = config.members().stream().map(MemberConfig::name).collect(Collectors.toSet());
        this.writer = new FleetWriter(config, clock, recording.head().epoch(), work::add, index -> answered.remove());
    }

    private Config config() {
        return switch (ConfigReader.read(
                recording.head().file(), recording.head().config())) {
            case Parsed.Good good -> good.config();
            case Parsed.Bad bad ->
                throw new Failure(file + ":1: the configuration in it is refused: "
                        + bad.faults().getFirst());
        };
    }

    /** Judges it all again; null when everything came out the same. */
    @Nullable
    Difference run() throws IOException {
        timeline.accept("recorded " + recording.head().at() + " by echogate "
                + recording.head().echogate() + " with " + recording.head().file() + "; times are UTC");
        for (Recorded r = recording.next(); r != null; r = recording.next()) {
            Fleet before = writer.get();
            Fleet after = feed(r);
            String got =
                    PublishedJson.of(before, after, recording.head().nanos()).encode();
            String expected = r.published().encode();
            if (!got.equals(expected)) {
                return new Difference(file + ":" + r.line(), expected, got);
            }
            tell(before, after);
        }
        return null;
    }

    private Fleet feed(Recorded r) {
        clock.nanos = r.nanos();
        clock.now = r.at();
        answered.clear();
        for (Taken taken : r.taken()) {
            if (taken.command() instanceof Command.Heard(Echo echo) && members.contains(echo.member())) {
                answered.add(taken.answeredNanos());
            }
            writer.accept(taken.command());
            commands++;
        }
        while (!work.isEmpty()) {
            work.remove().run();
        }
        return writer.get();
    }

    private void tell(Fleet before, Fleet after) {
        snapshots++;
        for (Event e : after.events()) {
            if (e.seq() > before.seq()) {
                events++;
                timeline.accept(line(e));
            }
        }
    }

    private static String line(Event e) {
        String who = e.member().isEmpty() ? "-" : e.member();
        String states = e.from() == e.to() ? e.type() : e.from() + " → " + e.to();
        return String.format("%s  %-12s  %-22s  %-12s  %s", TIME.format(e.at()), who, states, e.cause(), e.why());
    }

    /** One line; what there was to say of the recording's end goes before it. */
    String summary() {
        return "the recording ends here: " + recording.ending().words() + System.lineSeparator() + "same: all " + events
                + " events, with the verdicts of " + snapshots + " snapshots, from " + commands + " commands";
    }
}

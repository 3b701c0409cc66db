package io.echogate.history;

import io.echogate.clock.Clock;
import io.echogate.config.HistoryRules;
import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database, and waits for it. What it cannot write stays in the {@link Backlog}, and is
 * tried again after 1 s, then less often, up to 10 s.
 */
final class Scribe implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scribe.class);
    private static final Metric WAITING =
            Metric.gauge("echogate_history_waiting", "Notes that are still to be stored.");
    private static final Metric STORED = Metric.counter("echogate_history_stored", "Notes that were stored.");
    private static final Metric DROPPED = Metric.counter(
            "echogate_history_dropped", "Notes that had no room while they waited to be stored: they are lost.");
    private static final Metric FAILURES =
            Metric.counter("echogate_history_failures", "Times that storing failed; it is tried again.");
    private static final int MOST_AT_ONCE = 2_000;
    private static final long LOOK_MILLIS = 500;

    /** What is rolled up is complete: its last second has been noted and stored. */
    private static final long GRACE_SECONDS = 10;

    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long PATIENCE_MILLIS = 3_000;

    private final Database database;
    private final HistoryRules rules;
    private final Clock clock;
    private final long epoch;
    private final List<String> locals;
    private final Backlog backlog;
    private final Consumer<Memory> recalled;
    private final Runnable opened;
    private final Tally waiting;
    private final Tally stored;
    private final Tally dropped;
    private final Tally failures;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "history-store");
    private final Instant began;
    private @Nullable Connection connection;
    private @Nullable Tables tables;
    private @Nullable RollUp rollUp;
    private long rolledMinute;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean remembered;
    private volatile HistoryStatus status;

    /**
     * @param locals names of members by the run's own numbers
     * @param recalled is told what the run before this one knew; nothing when that is not to be had at once, and again
     *     when it is
     * @param opened is run when there are tables that know these members, and when there are none for now; more than once
     */
    Scribe(
            Database database,
            HistoryRules rules,
            Clock clock,
            LoopMeter meter,
            long epoch,
            List<String> locals,
            Backlog backlog,
            Consumer<Memory> recalled,
            Runnable opened) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
        this.epoch = epoch;
        this.locals = locals;
        this.backlog = backlog;
        this.recalled = recalled;
        this.opened = opened;
        this.waiting = meter.tally(WAITING);
        this.stored = meter.tally(STORED);
        this.dropped = meter.tally(DROPPED);
        this.failures = meter.tally(FAILURES);
        this.began = clock.now();
        this.status = new HistoryStatus(HistoryStatus.State.OPENING, began, database.name(), "", 0, 0, null);
        thread.setDaemon(true);
    }

    /** Once; else nothing happens. */
    void start() {
        if (!started()) {
            thread.start();
        }
    }

    private boolean started() {
        return thread.getState() != Thread.State.NEW;
    }

    HistoryStatus status() {
        return status.with(backlog.size(), backlog.dropped());
    }

    private void run() {
        boolean more = true;
        while (more) {
            boolean ending = closing.getCount() == 0;
            try {
                round();
                pauseMillis = FIRST_PAUSE_MILLIS;
                more = !ending || backlog.size() > 0;
            } catch (SQLException | IOException | RuntimeException e) {
                failed(e);
                pause();
                more = !ending;
            } catch (LinkageError e) { // no room to unpack the driver's library, or it is not for this machine
                failed(new IOException("the database's driver cannot be loaded: " + e.getMessage(), e));
                pause();
                more = !ending;
            } catch (InterruptedException e) {
                break;
            }
        }
        disconnect();
    }

    private void round() throws SQLException, IOException, InterruptedException {
        Tables to = tables == null ? connect() : tables;
        List<Note> notes = backlog.peek(MOST_AT_ONCE, LOOK_MILLIS);
        if (!notes.isEmpty()) {
            to.write(notes);
            to.alive(began, clock.now());
            to.connection().commit();
            backlog.written();
            stored.add(notes.size());
            notes.forEach(Scribe::answer);
        }
        say(HistoryStatus.State.STORING, "");
        if (notes.size() < MOST_AT_ONCE) {
            rollUp();
        }
    }

    private static void answer(Note note) {
        if (note instanceof Note.Asked asked) {
            asked.then().accept(null);
        }
    }

    private void rollUp() throws SQLException {
        Instant now = clock.now().minusSeconds(GRACE_SECONDS);
        long minute = now.getEpochSecond() / 60;
        if (minute != rolledMinute && rollUp != null) {
            if (rollUp.catchUp(now)) {
                rollUp.prune(now, rules);
                rolledMinute = minute;
            }
        }
    }

    private Tables connect() throws SQLException, IOException {
        Connection to = database.open();
        connection = to;
        database.migrate();
        to.setAutoCommit(false);
        if (!remembered) {
            Memory memory = memory(to);
            to.commit();
            remembered = true;
            recalled.accept(memory);
        }
        Tables made = new Tables(to, epoch, locals);
        made.name();
        to.commit();
        rollUp = new RollUp(to, made, rules);
        tables = made;
        opened.run();
        return made;
    }

    /** What cannot be understood is no reason not to go on. */
    private Memory memory(Connection from) throws SQLException {
        try {
            return Memory.of(from, epoch);
        } catch (RuntimeException e) {
            log.error("history_not_recalled where={} reason=\"{}\"", database.name(), e.toString());
            return Memory.NONE;
        }
    }

    private void failed(Exception e) {
        failures.increment();
        String why = reason(e);
        disconnect();
        if (e instanceof SQLException sql && database.damaged(sql)) {
            setAside(why);
        } else if (status.state() != HistoryStatus.State.WAITING
                || !status.reason().equals(why)) {
            log.warn("history_not_stored where={} reason=\"{}\": it waits in memory", database.name(), why);
        }
        if (status.state() == HistoryStatus.State.OPENING) {
            recalled.accept(Memory.NONE); // nobody is to wait for it
        }
        opened.run();
        say(HistoryStatus.State.WAITING, why);
        backlog.unwritten(why);
    }

    /** A file system's own messages are often the file's name and nothing more. */
    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or directory: " + e.getMessage();
            case AccessDeniedException _ -> "not allowed: " + e.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    private void setAside(String why) {
        try {
            String kept = database.setAside(clock.now());
            log.error("history_damaged where={} kept_as={} reason=\"{}\"", database.name(), kept, why);
            status = status.aside(kept);
            remembered = true;
        } catch (IOException e) {
            log.error("history_damaged where={} reason=\"{}\": {}", database.name(), why, e.toString());
        }
    }

    private void say(HistoryStatus.State state, String why) {
        waiting.set(backlog.size());
        dropped.set(backlog.dropped());
        if (status.state() == HistoryStatus.State.WAITING && state == HistoryStatus.State.STORING) {
            log.info("history_stored_again where={}", database.name());
        }
        status = status.in(state, clock.now(), why);
    }

    private void pause() {
        try {
            if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        tables = null;
        rollUp = null;
        try {
            if (old != null) {
                old.close();
            }
        } catch (SQLException e) {
            log.debug("history_connection_lost reason=\"{}\"", e.getMessage());
        }
    }

    /** Writes what waits, if it can; waits for it for a few seconds. */
    @Override
    public void close() {
        closing.countDown();
        backlog.close();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (started() && (thread.isAlive() || backlog.size() > 0)) {
            log.warn(
                    "history_not_stored where={} notes={}: the monitor ends without it",
                    database.name(),
                    backlog.size());
        }
        database.close();
    }
}

package io.echogate.history;

import io.echogate.clock.Clock;
import io.echogate.config.HistoryRules;
import io.echogate.meter.Meters;
import io.echogate.model.Command;
import io.echogate.model.Drain;
import io.echogate.model.Fleet;
import io.echogate.model.Toll;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers: takes in all that the writer took in and published, makes notes of it on one thread, stores them on another.
 * {@link #accept} is called on the fleet's thread and only queues. Monitoring never waits for it: while the database is not
 * to be had, notes wait in bounded memory.
 */
public final class History implements Consumer<Drain>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(History.class);

    /** Bytes of notes that may wait. */
    private static final long WAITING_BYTES = 64L << 20;

    /** Drains that may wait to be digested; each holds a snapshot. */
    private static final int DRAINS = 16_384;

    private static final long LOOK_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 2_000;

    private sealed interface Item {
        record Heard(Drain drain) implements Item {}

        record Known(Memory memory) implements Item {}

        record Asked(Consumer<@Nullable String> then) implements Item {}
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(DRAINS);
    private final AtomicLong missed = new AtomicLong();
    private final Clock clock;
    private final Digest digest;
    private final Backlog backlog;
    private final Scribe scribe;
    private final Archive archive;
    private final Thread thread = new Thread(this::run, "history");
    private volatile boolean closed;

    private History(
            Database database,
            HistoryRules rules,
            Clock clock,
            Meters meters,
            Fleet first,
            long mostBytes,
            Consumer<Command> writer) {
        this.clock = clock;
        this.backlog = new Backlog(mostBytes);
        this.archive = new Archive(database, rules, clock);
        this.digest = new Digest(first, meters, backlog::add);
        this.scribe = new Scribe(
                database,
                rules,
                clock,
                meters.newLoop(),
                first.epoch(),
                Digest.locals(first),
                backlog,
                memory -> recalled(memory, writer),
                archive::opened);
        thread.setDaemon(true);
    }

    /**
     * Begins to note what happens; it waits in memory until {@link #store}.
     *
     * @param file of the SQLite database unless the rules name another one
     * @param first the snapshot before anything has happened
     * @param writer is told what an earlier run knew, even if that is nothing; again when it comes to be known later
     */
    public static History begin(
            HistoryRules rules, Path file, Clock clock, Meters meters, Fleet first, Consumer<Command> writer) {
        return begin(rules, file, clock, meters, first, WAITING_BYTES, writer);
    }

    static History begin(
            HistoryRules rules,
            Path file,
            Clock clock,
            Meters meters,
            Fleet first,
            long mostBytes,
            Consumer<Command> writer) {
        History history = new History(database(rules, file), rules, clock, meters, first, mostBytes, writer);
        history.thread.start();
        return history;
    }

    /** Begins to store what is noted, unless it is stored already; never waits for the database. */
    public History store() {
        scribe.start();
        return this;
    }

    private static Database database(HistoryRules rules, Path file) {
        String url = rules.url();
        String sqlite = "jdbc:sqlite:";
        if (url == null) {
            return new SqliteDatabase(file);
        }
        String password = rules.passwordFile();
        return url.startsWith(sqlite)
                ? new SqliteDatabase(Path.of(url.substring(sqlite.length())))
                : new PostgresDatabase(url, rules.user(), password == null ? null : Path.of(password));
    }

    private void recalled(Memory memory, Consumer<Command> writer) {
        put(new Item.Known(memory));
        writer.accept(new Command.Recalled(
                memory.verdicts(),
                memory.incidents().stream().map(StoredIncident::incident).toList()));
    }

    @Override
    public void accept(Drain drain) {
        put(new Item.Heard(drain));
    }

    private void put(Item item) {
        if (!items.offer(item) && missed.incrementAndGet() == 1) {
            log.error("history_too_slow: what happens now is not remembered");
        }
    }

    /**
     * Tells when all that was taken in before is stored.
     *
     * @param then is told null then, or why it is not stored yet; on a thread of ours
     */
    public void stored(Consumer<@Nullable String> then) {
        if (closed || !items.offer(new Item.Asked(then))) {
            then.accept("nothing is being remembered");
        }
    }

    private void run() {
        while (!closed || !items.isEmpty()) {
            try {
                Item next = items.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    take(next);
                } else {
                    digest.turn(clock.now());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("history_not_understood: what happened just now is not remembered", e);
            }
        }
        digest.turn(clock.now().plusSeconds(1));
    }

    private void take(Item item) {
        switch (item) {
            case Item.Heard(Drain drain) -> digest.take(drain);
            case Item.Known(Memory memory) -> digest.recalled(memory.incidents());
            case Item.Asked(Consumer<@Nullable String> then) -> backlog.add(new Note.Asked(then));
        }
    }

    /** How it goes; any thread. */
    public HistoryStatus status() {
        HistoryStatus now = scribe.status();
        return now.with(now.waiting(), now.dropped() + missed.get());
    }

    /** What each incident of the newest snapshot did to requests so far, by its id, without a look at the database; any thread. */
    public Map<String, Toll> tolls() {
        return digest.tolls();
    }

    /** What is stored. */
    public Archive archive() {
        return archive;
    }

    /** Stores what is still waiting, if it can be done within a few seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        archive.close();
        scribe.close();
    }
}

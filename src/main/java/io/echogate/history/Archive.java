package io.echogate.history;

import io.echogate.clock.Clock;
import io.echogate.config.HistoryRules;
import io.echogate.config.StatusRules.Component;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the past from the database, on threads of its own that wait for it. Any thread may ask; what is
 * returned completes exceptionally with an {@link IllegalArgumentException} that says what is wrong with the question, or
 * an {@link IOException} when the database is not to be had.
 */
public final class Archive implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int QUESTIONS = 64;

    /** Items of all charts of one answer. */
    private static final long MOST_ITEMS = 200_000;

    /** As long as for a connection. */
    private static final long OPENING_MILLIS = 3_000;

    private final Database database;
    private final HistoryRules rules;
    private final Clock clock;
    private final CountDownLatch opening = new CountDownLatch(1);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUESTIONS), Archive::thread);

    Archive(Database database, HistoryRules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
        threads.allowCoreThreadTimeOut(true);
    }

    /** There are tables to be asked, or it is known that there are none; until then questions wait a moment. */
    void opened() {
        opening.countDown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "history-read");
        thread.setDaemon(true);
        return thread;
    }

    /** A range of time. */
    public record Range(Instant from, Instant to) {
        public Range {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("from must be before to");
            }
        }
    }

    @FunctionalInterface
    private interface Question {
        JsonObject answer(Connection from) throws SQLException;
    }

    /**
     * Figures over a range.
     *
     * @param members names; empty for all; of the monitor itself: none
     * @param stepSeconds the least; 0 for what suits the range
     */
    public CompletionStage<JsonObject> history(List<String> members, Series series, Range range, long stepSeconds) {
        return ask(from -> {
            Charts charts = new Charts(from, rules, clock.now().getEpochSecond());
            Map<Integer, String> wanted = series.ofMembers() ? numbers(from, members) : Map.of(Series.MONITOR, "");
            long end = Math.ceilDiv(range.to().toEpochMilli(), 1000);
            Charts.Plan plan = charts.plan(wanted, series, range.from().getEpochSecond(), end, stepSeconds);
            if ((long) plan.size() * wanted.size() > MOST_ITEMS) {
                throw new IllegalArgumentException("step: " + plan.size() + " steps of " + wanted.size()
                        + " members are more than " + MOST_ITEMS + " at once; take longer steps or fewer members");
            }
            return charts.read(plan);
        });
    }

    private static Map<Integer, String> numbers(Connection from, List<String> names) throws SQLException {
        Map<String, Integer> known = Tables.members(from);
        Map<Integer, String> numbers = new LinkedHashMap<>();
        for (String name : names.isEmpty() ? known.keySet() : names) {
            Integer number = known.get(name);
            if (number == null) {
                throw new IllegalArgumentException("member: nothing is known of `" + name + "`");
            }
            numbers.put(number, name);
        }
        return numbers;
    }

    /**
     * Events, newest first.
     *
     * @param member empty for all
     * @param type empty for all
     * @param before only those with a smaller id; 0 for the newest
     */
    public CompletionStage<JsonObject> events(Range range, String member, String type, long before, int limit) {
        return ask(from -> Past.events(from, range, member, type, before, limit));
    }

    /**
     * Incidents, newest first.
     *
     * @param open only those that last
     * @param before only those that were named earlier than the one of that id; empty for the newest
     */
    public CompletionStage<JsonObject> incidents(Range range, boolean open, String before, int limit) {
        return ask(from -> Past.incidents(from, range, open, before, limit));
    }

    /** One incident; null when there is none of that id. */
    public CompletionStage<@Nullable StoredIncident> incident(String id) {
        return later(() -> {
            try (Connection from = connection()) {
                return Past.incident(from, id);
            }
        });
    }

    /** How fast failures were noticed, and what they cost. */
    public CompletionStage<JsonObject> record(Range range) {
        return ask(from -> DetectionRecord.of(from, range));
    }

    /** What share of a range each member, and the pool, served. */
    public CompletionStage<JsonObject> availability(Range range) {
        return ask(from -> Availability.of(from, range, rules.objectivePercent()));
    }

    /**
     * The same day by day.
     *
     * @param members names; empty for all
     */
    public CompletionStage<JsonObject> days(Days days, List<String> members) {
        return ask(from -> {
            Collection<String> wanted = numbers(from, members).values();
            if ((long) days.days() * wanted.size() > MOST_ITEMS) {
                throw new IllegalArgumentException("days: " + days.days() + " of " + wanted.size()
                        + " members are more than " + MOST_ITEMS + " at once; take fewer days or name the members");
            }
            return days.of(from, wanted);
        });
    }

    /** What the public may know of the past. */
    public CompletionStage<Shown> shown(List<Component> components) {
        return later(() -> {
            try (Connection from = connection()) {
                return Shown.of(from, components, clock.now());
            }
        });
    }

    /** The fleet at a moment. */
    public CompletionStage<JsonObject> fleet(Instant at) {
        return ask(
                from -> Past.fleet(from, at, new Charts(from, rules, clock.now().getEpochSecond())));
    }

    private Connection connection() throws SQLException, IOException {
        try {
            if (!opening.await(OPENING_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the database is still being opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the monitor is ending", e);
        }
        return database.readers().getConnection();
    }

    private CompletionStage<JsonObject> ask(Question question) {
        return later(() -> {
            try (Connection from = connection()) {
                return question.answer(from);
            }
        });
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T done() throws SQLException, IOException;
    }

    private <T extends @Nullable Object> CompletionStage<T> later(Work<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(work.done());
                } catch (SQLException e) {
                    answer.completeExceptionally(new IOException("the database does not answer: " + e.getMessage(), e));
                } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                } catch (LinkageError e) {
                    answer.completeExceptionally(
                            new IOException("the database's driver cannot be loaded: " + e.getMessage(), e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new IOException("too many questions at once", e));
        }
        return answer;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

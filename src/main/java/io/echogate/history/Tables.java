package io.echogate.history;

import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is written to the tables, in words that SQLite and PostgreSQL both know. One connection; confined to one thread. */
final class Tables {
    private final Connection connection;
    private final long epoch;
    private final List<String> locals;
    private final Map<String, Integer> members = new HashMap<>();

    /**
     * @param epoch of this run
     * @param locals names of members by this run's own numbers
     */
    Tables(Connection connection, long epoch, List<String> locals) {
        this.connection = connection;
        this.epoch = epoch;
        this.locals = locals;
    }

    /** All members of this run have a number: of one that nothing is stored of yet there is nothing, and it is no mistake to ask. */
    void name() throws SQLException {
        members.putAll(members(connection));
        for (String local : locals) {
            member(local);
        }
    }

    /** This run is alive. */
    void alive(Instant began, Instant now) throws SQLException {
        update(
                "INSERT INTO run (epoch, began, alive) VALUES (?, ?, ?)"
                        + " ON CONFLICT (epoch) DO UPDATE SET alive = excluded.alive",
                epoch,
                began.toEpochMilli(),
                now.toEpochMilli());
    }

    void write(List<Note> notes) throws SQLException {
        for (Note note : notes) {
            switch (note) {
                case Note.Second(Moment moment) -> moment(moment);
                case Note.Happened(Event event) -> event(event);
                case Note.Stood s -> stood("standing", s.member(), s.at(), s.seq(), s.data());
                case Note.Ordered o -> stood("intent", o.member(), o.at(), o.seq(), o.data());
                case Note.Told told -> incident(told);
                case Note.Merged(String id) -> update("DELETE FROM incident WHERE id = ?", id);
                case Note.Asked _ -> {}
            }
        }
    }

    private void moment(Moment moment) throws SQLException {
        TreeMap<Integer, Bytes.In> parts = new TreeMap<>();
        moment.read((local, bin) -> parts.put(local, bin));
        TreeMap<Integer, Bytes.In> stored = new TreeMap<>();
        for (Map.Entry<Integer, Bytes.In> part : parts.entrySet()) {
            Series series = Series.of(part.getKey());
            int number = series.ofMembers() ? member(locals.get(Series.member(part.getKey()))) : Series.MONITOR;
            stored.put(series.id(number), part.getValue());
        }
        if (!stored.isEmpty()) {
            update("INSERT INTO moment (second, data) VALUES (?, ?)", moment.second(), Moment.joined(stored));
        }
    }

    private void event(Event e) throws SQLException {
        update(
                "INSERT INTO event (epoch, seq, at, type, member, data) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (epoch, seq) DO NOTHING",
                epoch,
                e.seq(),
                e.at().toEpochMilli(),
                e.type(),
                e.member(),
                PublishedJson.event(e).put("at", Times.text(e.at())).encode());
    }

    private void stood(String table, String member, Instant at, long seq, JsonObject data) throws SQLException {
        String key = table.equals("intent") ? "(epoch, seq)" : "(epoch, member, at, seq)";
        update(
                "INSERT INTO " + table + " (epoch, member, at, seq, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT " + key
                        + " DO UPDATE SET data = excluded.data",
                epoch,
                member.isEmpty() ? 0 : member(member),
                at.toEpochMilli(),
                seq,
                data.encode());
    }

    private void incident(Note.Told told) throws SQLException {
        Incident incident = told.incident();
        Instant ended = incident.ended();
        update(
                "INSERT INTO incident (id, named, ended, data) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET named = excluded.named, ended = excluded.ended,"
                        + " data = excluded.data",
                incident.id(),
                incident.named().toEpochMilli(),
                ended == null ? null : ended.toEpochMilli(),
                StoredIncident.of(incident, told.toll()).encode());
    }

    /** The number by which the member is stored, given once. */
    int member(String name) throws SQLException {
        Integer known = members.get(name);
        if (known == null) {
            update("INSERT INTO member (name) VALUES (?) ON CONFLICT (name) DO NOTHING", name);
            known = Math.toIntExact(number("SELECT id FROM member WHERE name = ?", name));
            members.put(name, known);
        }
        return known;
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The one number that is asked for; 0 when there is none. */
    long number(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    /** Is told each row that is found. */
    @FunctionalInterface
    interface Row {
        void take(ResultSet row) throws SQLException;
    }

    static void each(Connection from, Row row, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = from.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    row.take(found);
                }
            }
        }
    }

    void each(Row row, String sql, @Nullable Object... values) throws SQLException {
        each(connection, row, sql, values);
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, Types.BIGINT);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case String text -> statement.setString(i + 1, text);
                case Integer number -> statement.setLong(i + 1, number);
                case Long number -> statement.setLong(i + 1, number);
                default -> throw new IllegalArgumentException("no column takes " + values[i]);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    /** Numbers of members by name. */
    static Map<String, Integer> members(Connection from) throws SQLException {
        Map<String, Integer> found = new TreeMap<>();
        each(from, row -> found.put(row.getString(2), row.getInt(1)), "SELECT id, name FROM member");
        return found;
    }
}

package io.echogate.history;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** What the kinds of database have in common: how readers are pooled, how tables are brought up to date. */
final class Pooling {
    private static final List<String> NO_TABLE = List.of("no such table", "does not exist");
    private static final long WAIT_MILLIS = 3_000;
    private static final long IDLE_MILLIS = 60_000;

    /** The newest migration: a database that has it needs no looking through, which takes time at a start. */
    static final String NEWEST = "1";

    private Pooling() {}

    private static boolean current(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement asked = connection.prepareStatement(
                        "SELECT 1 FROM flyway_schema_history WHERE version = ? AND success")) {
            asked.setString(1, NEWEST);
            try (ResultSet found = asked.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            if (NO_TABLE.stream().anyMatch(String.valueOf(e.getMessage())::contains)) {
                return false;
            }
            throw e;
        }
    }

    static HikariConfig reading(HikariConfig config, int most) {
        config.setReadOnly(true);
        config.setAutoCommit(true);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** Brings the tables up to date with the migrations of that folder of resources. */
    static void migrate(DataSource source, String folder) throws SQLException {
        if (current(source)) {
            return;
        }
        try {
            Flyway.configure(Pooling.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/" + folder)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw sql;
                }
            }
            throw new SQLException(e.getMessage(), e);
        }
    }
}

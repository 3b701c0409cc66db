package io.echogate.history;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract over a real PostgreSQL. */
final class PostgresStoreTest extends StoreContract {
    private static Postgres server;

    @BeforeAll
    static void start() throws IOException {
        server = new Postgres();
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @Override
    Database begin() throws SQLException {
        server.empty();
        return new PostgresDatabase(server.url(), null, null);
    }
}

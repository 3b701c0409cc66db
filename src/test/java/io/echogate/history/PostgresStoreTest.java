package io.echogate.history;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract over a real PostgreSQL. */
final class PostgresStoreTest extends StoreContract {
    private static @Nullable Postgres server;

    @BeforeAll
    static void start() throws IOException {
        server = new Postgres();
    }

    @AfterAll
    static void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Database begin() throws SQLException {
        Postgres real = Objects.requireNonNull(server);
        real.empty();
        return new PostgresDatabase(real.url(), null, null);
    }
}

package io.echogate.history;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over SQLite. */
final class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    @Override
    Database begin() {
        return new SqliteDatabase(directory.resolve("history.db"));
    }
}

package io.echogate.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** An SQLite file in WAL mode: one writer, readers that never wait for it. */
final class SqliteDatabase implements Database {
    private static final int PAGE_BYTES = 8192;
    private static final int BUSY_MILLIS = 2_000;
    private static final int READERS = 3;
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private final Path file;
    private @Nullable HikariDataSource readers;
    private @Nullable FileChannel lock;

    SqliteDatabase(Path file) {
        this.file = file;
    }

    @Override
    public Connection open() throws SQLException, IOException {
        claim();
        return source(false).getConnection();
    }

    /** By a lock on a file beside it that ends with this process: two writers' histories would be mixed. */
    private void claim() throws IOException {
        if (lock != null) {
            return;
        }
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock got = null;
        try {
            got = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException(file + " is in use by another monitor of this process", e);
        } finally {
            if (got == null) {
                channel.close();
            }
        }
        if (got == null) {
            throw new IOException(file + " is in use by another monitor: set history.url");
        }
        lock = channel;
    }

    private SQLiteDataSource source(boolean reads) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(reads);
        if (!reads) {
            config.setPageSize(PAGE_BYTES);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setJournalSizeLimit(64 << 20);
        }
        Properties properties = config.toProperties();
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(properties));
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public synchronized HikariDataSource readers() {
        if (readers == null) {
            HikariConfig config = new HikariConfig();
            config.setPoolName("history");
            config.setDataSource(source(true));
            readers = new HikariDataSource(Pooling.reading(config, READERS));
        }
        return readers;
    }

    @Override
    public void migrate() throws SQLException {
        Pooling.migrate(source(false), "sqlite");
    }

    @Override
    public boolean damaged(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    @Override
    public String setAside(Instant now) throws IOException {
        closeReaders();
        String aside = file.getFileName() + ".damaged-" + now.toEpochMilli();
        for (String part : PARTS) {
            Path one = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(one)) {
                Files.move(one, file.resolveSibling(aside + part));
            }
        }
        return file.resolveSibling(aside).toString();
    }

    @Override
    public String name() {
        return file.toString();
    }

    private synchronized void closeReaders() {
        if (readers != null) {
            readers.close();
            readers = null;
        }
    }

    @Override
    public void close() {
        closeReaders();
        try {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.echogate.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server. One monitor writes to one database, which an advisory lock sees to. */
final class PostgresDatabase implements Database {
    private static final int READERS = 4;
    private static final int CONNECT_SECONDS = 3;
    private static final int ANSWER_SECONDS = 30;

    /** Any number that nobody else takes: "echogate" in ASCII. */
    private static final long LOCK = 0x6563686F67617465L;

    private final String url;
    private final @Nullable String user;
    private final @Nullable Path passwordFile;
    private @Nullable HikariDataSource readers;

    PostgresDatabase(String url, @Nullable String user, @Nullable Path passwordFile) {
        this.url = url;
        this.user = user;
        this.passwordFile = passwordFile;
    }

    @Override
    public Connection open() throws SQLException, IOException {
        Connection connection = source().getConnection();
        try (Statement statement = connection.createStatement();
                ResultSet got = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            if (got.next() && got.getBoolean(1)) {
                return connection;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        throw new IOException(name() + " is in use by another monitor: each needs a database of its own");
    }

    private PGSimpleDataSource source() throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (passwordFile != null) {
            source.setPassword(Files.readString(passwordFile).strip());
        }
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        source.setApplicationName("echogate");
        return source;
    }

    @Override
    public synchronized HikariDataSource readers() throws IOException {
        if (readers == null) {
            HikariConfig config = new HikariConfig();
            config.setPoolName("history");
            config.setDataSource(source());
            readers = new HikariDataSource(Pooling.reading(config, READERS));
        }
        return readers;
    }

    @Override
    public void migrate() throws SQLException, IOException {
        Pooling.migrate(source(), "postgresql");
    }

    @Override
    public boolean damaged(SQLException e) {
        return false;
    }

    @Override
    public @Nullable String setAside(Instant now) {
        return null;
    }

    @Override
    public String name() {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceFirst("//[^@/]*@", "//");
    }

    @Override
    public synchronized void close() {
        if (readers != null) {
            readers.close();
            readers = null;
        }
    }
}

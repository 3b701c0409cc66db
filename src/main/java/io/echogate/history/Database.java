package io.echogate.history;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where history is kept: one of the kinds of database, which differ in how they are opened and how they break. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
    /**
     * The one connection that writes. Nobody else's monitor may have one at the same time.
     *
     * @throws SQLException when the database is not to be had now
     * @throws IOException as before, for want of its file
     */
    Connection open() throws SQLException, IOException;

    /** Connections that read, from a small pool; made at first use. */
    HikariDataSource readers() throws IOException;

    /** Brings the tables up to date. */
    void migrate() throws SQLException, IOException;

    /** True when what is stored is damaged: no waiting mends that. */
    boolean damaged(SQLException e);

    /**
     * Puts what is damaged aside under another name, so that a new one can be begun.
     *
     * @return the name under which it is kept; null where that cannot be done from here
     */
    @Nullable
    String setAside(Instant now) throws IOException;

    /** Without secrets, for people. */
    String name();

    @Override
    void close();
}

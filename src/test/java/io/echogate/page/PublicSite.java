package io.echogate.page;

import io.echogate.clock.ManualClock;
import io.echogate.config.Config;
import io.echogate.config.HistoryRules;
import io.echogate.config.HostPort;
import io.echogate.config.MemberConfig;
import io.echogate.config.StatusRules;
import io.echogate.history.History;
import io.echogate.meter.Meters;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A monitor's public page over a fleet and a past that a test makes by hand. The members are S1 to S9. */
final class PublicSite implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-07-20T12:34:56Z");

    /** The run that is remembered. */
    private static final long EPOCH = 5;

    final ManualClock clock = new ManualClock();
    final PageServer server;
    private final @Nullable History history;
    private final AtomicReference<Fleet> fleet;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters();

    /** Remembers nothing. */
    PublicSite(StatusRules rules, Member... members) throws Exception {
        this(rules, null, members);
    }

    /** @param past a file with what it remembers; null: nothing */
    PublicSite(StatusRules rules, @Nullable Path past, Member... members) throws Exception {
        clock.advance(Duration.between(clock.now(), NOW));
        fleet = new AtomicReference<>(fleet(false, members));
        history = past == null
                ? null
                : History.begin(HistoryRules.DEFAULT, past, clock, meters, fleet.get(), command -> {})
                        .store();
        Control control = new Control(new Site.Counter(), Site.TOKEN, "/state/token", "");
        server = PageServer.start(
                config(rules), clock, meters, fleet::get, control, Requests.NONE, Site.INSIGHT, history, null);
    }

    static Config config(StatusRules rules) {
        Config base = Site.config(0);
        List<MemberConfig> members = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            members.add(MemberConfig.of("S" + i, "127.0.0.1" + i, 3000));
        }
        Config nine = Config.of(members);
        return new Config(
                        base.listen(),
                        base.admin(),
                        true,
                        base.pollFreq(),
                        null,
                        base.policy(),
                        base.ping(),
                        base.icmp(),
                        List.of(),
                        base.carry(),
                        base.limits(),
                        base.accessLog(),
                        base.history(),
                        StatusRules.OFF,
                        null,
                        nine.members(),
                        List.of())
                .showing(rules);
    }

    static StatusRules rules(StatusRules.Component... components) {
        return new StatusRules("Example services", new HostPort("127.0.0.1", 0), List.of(components), true);
    }

    static StatusRules.Component one(String name, String... members) {
        return new StatusRules.Component(name, List.of(members), false);
    }

    Fleet fleet(boolean isolated, Member... members) {
        return Fleets.publish(
                7,
                clock.nanos() / 1_000_000,
                clock.now(),
                isolated,
                new Icmp(Icmp.Mode.DATAGRAM, ""),
                List.of(members),
                List.of());
    }

    /** A member with an inside that the public must not see. */
    static Member member(int index, State state, Instant since) {
        Cause cause = state == State.DOWN ? Cause.FROZEN : Cause.NONE;
        return Fleets.member(index, "S" + (index + 1), state, cause, "secret evidence", since, List.of());
    }

    /** So much later there is that to see. */
    void later(Duration by, boolean isolated, Member... members) {
        clock.advance(by);
        fleet.set(fleet(isolated, members));
    }

    /** What an earlier run, alive up to now, stored of members by hand. Make the file with {@link #remember} first. */
    static final class Seeds implements AutoCloseable {
        private final Connection connection;
        private int seq;

        Seeds(Path file, Instant began) throws SQLException {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            connection.setAutoCommit(false);
            put(
                    "INSERT INTO run (epoch, began, alive) VALUES (?, ?, ?)",
                    EPOCH,
                    began.toEpochMilli(),
                    NOW.toEpochMilli());
            put(
                    "INSERT INTO standing (epoch, member, at, seq, data) VALUES (?, ?, ?, ?, ?)",
                    EPOCH,
                    0,
                    began.toEpochMilli(),
                    seq,
                    "{\"serves\":true,\"asked\":true,\"isolated\":false}");
            for (int i = 1; i <= 9; i++) {
                put("INSERT OR IGNORE INTO member (id, name) VALUES (?, ?)", i, "S" + i);
                stood(i, began, "UP", "READY");
            }
        }

        void stood(int member, Instant at, String state, String intent) throws SQLException {
            put(
                    "INSERT INTO standing (epoch, member, at, seq, data) VALUES (?, ?, ?, ?, ?)",
                    EPOCH,
                    member,
                    at.toEpochMilli(),
                    ++seq,
                    new JsonObject()
                            .put("url", "http://S" + member)
                            .put("state", state)
                            .put("cause", state.equals("DOWN") ? "FROZEN" : "NONE")
                            .put("why", "secret reason")
                            .put("since", at.toEpochMilli())
                            .put("intent", intent)
                            .put("serving", state.equals("UP"))
                            .put("host", "UP")
                            .encode());
        }

        /** Down for so long. */
        void failed(int member, Instant at, Duration lasting) throws SQLException {
            stood(member, at, "DOWN", "READY");
            stood(member, at.plus(lasting), "UP", "READY");
        }

        private void put(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.executeUpdate();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.commit();
            connection.close();
        }
    }

    /** Makes an empty database that a monitor can go on with. */
    static Seeds remember(Path file, Instant began) throws Exception {
        ManualClock clock = new ManualClock();
        Fleet nobody = Fleets.publish(1, 1, began, false, new Icmp(Icmp.Mode.DATAGRAM, ""), List.of(), List.of());
        History history = History.begin(HistoryRules.DEFAULT, file, clock, new Meters(), nobody, command -> {})
                .store();
        CompletableFuture<String> stored = new CompletableFuture<>();
        history.stored(why -> stored.complete(why == null ? "" : why));
        String why = stored.get(30, TimeUnit.SECONDS);
        history.close();
        if (!why.isEmpty()) {
            throw new AssertionError(why);
        }
        return new Seeds(file, began);
    }

    String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    String open() {
        return "http://127.0.0.1:" + server.statusPort();
    }

    HttpResponse<String> get(String uri, String... headers) throws Exception {
        return ask("GET", uri, headers);
    }

    HttpResponse<String> ask(String method, String uri, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        if (history != null) {
            history.close();
        }
        client.close();
    }
}

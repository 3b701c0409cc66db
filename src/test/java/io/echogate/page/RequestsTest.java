package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Failure;
import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import io.echogate.model.RequestTrace.Try;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proofs of requests as JSON, filtered, and their tail. */
final class RequestsTest {
    private static final String PATH = "/-/api/v1/requests";
    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(Fleets.twoUp());
        site.kept.ended.add(trace(1, 200, Result.ANSWERED, tried("S1", null)));
        site.kept.ended.add(trace(2, 200, Result.ELSEWHERE, tried("S1", Failure.Kind.REFUSED), tried("S2", null)));
        site.kept.ended.add(trace(3, 502, Result.FAILED, tried("S1", Failure.Kind.RESET)));
        site.kept.ended.add(trace(4, 503, Result.REFUSED));
    }

    @AfterEach
    void end() {
        site.close();
    }

    private static Try tried(String member, Failure.@Nullable Kind failure) {
        return new Try(
                member,
                100,
                400_000,
                failure == null ? 1_500_000 : RequestTrace.NONE,
                2_000_000,
                false,
                false,
                failure);
    }

    private static RequestTrace trace(long id, int status, Result result, Try... tries) {
        String member = status == 200 ? tries[tries.length - 1].member() : null;
        return new RequestTrace(
                id, id, "10.0.0.7", "GET", "/<b>", status, result, member, 3_000_000, 80, 120, List.of(tries));
    }

    private List<String> ids(String query) throws Exception {
        JsonArray found = site.json(PATH + query).getJsonArray("requests");
        return found.stream()
                .map(t -> ((JsonObject) t).getString("id").substring(15))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                     | 4 3 2 1
                    ?member=S2             | 2
                    ?member=S1             | 3 2 1
                    ?member=S9             | ''
                    ?outcome=elsewhere     | 2
                    ?status=5xx            | 4 3
                    ?status=502            | 3
                    ?id=0000000000000002   | 2
                    ?limit=2               | 4 3
                    ?member=S1&status=2xx  | 2 1
                    """)
    void whatIsAskedForIsFoundNewestFirst(String query, String ids) throws Exception {
        assertThat(String.join(" ", ids(query))).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ?outcome=bad          | outcome: expected answered, elsewhere, refused, failed, aborted.
                    ?status=600           | status: expected a status or a class, as 502 or 5xx.
                    ?id=2                 | id: expected 16 hexadecimal digits, as in Echogate-Request.
                    ?limit=0              | limit: expected a number from 1 to 1000.
                    ?limit=1001           | limit: expected a number from 1 to 1000.
                    ?limit=1&limit=2      | limit: expected once.
                    ?order=asc            | unknown parameter; expected member, outcome, status, id or limit.
                    """)
    void whatIsWrongIsSaid(String query, String why) throws Exception {
        assertThat(site.get(PATH + query).statusCode()).isEqualTo(400);
        assertThat(site.get(PATH + query).body().strip()).isEqualTo(why);
    }

    @Test
    void oneRequestTellsEverything() throws Exception {
        JsonObject one = site.json(PATH + "?id=0000000000000002")
                .getJsonArray("requests")
                .getJsonObject(0);
        assertThat(one.getString("client") + one.getString("method") + one.getString("path") + one.getString("member"))
                .isEqualTo("10.0.0.7GET/<b>S2");
        assertThat(one.getInteger("status")).isEqualTo(200);
        assertThat(one.getDouble("tookMillis")).isEqualTo(3.0);
        assertThat(one.getInteger("receivedBytes") + one.getInteger("sentBytes"))
                .isEqualTo(200);
        JsonObject first = one.getJsonArray("tries").getJsonObject(0);
        assertThat(first.getString("member") + " " + first.getString("failure") + " " + first.getString("why"))
                .isEqualTo("S1 refused connection refused");
        assertThat(first.getDouble("connectMillis")).isEqualTo(0.4);
        assertThat(first.getDouble("firstByteMillis")).isNull();
        assertThat(one.getJsonArray("tries").getJsonObject(1).getString("why")).isEqualTo("answered");
    }

    @Test
    void aTailTellsOfWhatEndsFromNowOnAndOfWhatItMissed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                WatchedStream tail = WatchedStream.open(
                        client,
                        URI.create("ws://127.0.0.1:" + site.server.port() + PATH + "/live?outcome=elsewhere"))) {
            site.get("/-/healthz"); // the stream was joined before this is answered: one loop does both
            site.kept.ended.add(trace(5, 200, Result.ANSWERED, tried("S1", null)));
            site.kept.ended.add(trace(6, 200, Result.ELSEWHERE, tried("S1", Failure.Kind.RESET), tried("S2", null)));
            assertThat(tail.messages.take().getString("id")).isEqualTo("0000000000000006");
            site.kept.lost = 7;
            assertThat(tail.messages.take().getLong("skipped")).isEqualTo(7);
        }
    }

    @Test
    void aViewerWhoTalksIsSentAway() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                WatchedStream tail = WatchedStream.open(
                        client, URI.create("ws://127.0.0.1:" + site.server.port() + PATH + "/live"))) {
            for (int i = 0; i <= Viewer.FRAMES; i++) {
                tail.socket().sendText("hello", true).join();
            }
            assertThat(tail.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void aTailHasTheSameRulesAsTheList() throws Exception {
        assertThat(site.get(PATH + "/live").statusCode()).isEqualTo(426);
        assertThat(site.get(PATH + "/live", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
    }
}

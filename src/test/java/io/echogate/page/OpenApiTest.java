package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.page.Described.Answer;
import io.echogate.page.Described.Operation;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the API, held against what is really answered. */
final class OpenApiTest {
    private static final String ROOT = Described.ROOT;
    private static final Described DESCRIBED = new Described();

    @TempDir
    private static Path directory;

    private static Lived lived;

    @BeforeAll
    static void live() throws Exception {
        lived = new Lived(directory);
    }

    @AfterAll
    static void end() {
        lived.close();
    }

    private static String filled(String path) {
        return path.replace("{id}", lived.incident()).replace("{name}", "S1");
    }

    private static List<Operation> operations(String method) {
        return DESCRIBED.operations().stream()
                .filter(o -> o.method().equals(method))
                .toList();
    }

    static List<Operation> gets() {
        return operations("get");
    }

    static List<Operation> posts() {
        return operations("post");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fleet                | ''                                                         | 200
                    fleet                | ?at=2026-01-01T01:00:04Z                                    | 200
                    fleet                | ?at=2026-01-01T01:00:04.5%2B00:00                           | 200
                    fleet                | ?at=2025-01-01T00:00:00Z                                    | 200
                    fleet                | ?at=2026-01-01T01:00:04Z&member=S1                          | 400
                    fleet                | ?at=%2B1000000000-12-31T23:59:59Z                           | 400
                    fleet                | ?at=-999999999-01-01T00:00:00Z                              | 400
                    events               | ''                                                         | 200
                    events               | ?after=3&limit=2                                            | 200
                    requests             | ''                                                         | 200
                    requests             | ?member=S1&outcome=failed                                   | 200
                    requests             | ?nonsense=1                                                 | 400
                    drill                | ''                                                         | 200
                    members/{name}/echoes | ''                                                        | 200
                    live                 | ''                                                         | 426
                    requests/live        | ''                                                         | 426
                    history              | ?metric=host                                                | 200
                    history              | ?metric=service&member=S1&member=db&step=1s                 | 200
                    history              | ?metric=requests&last=1d                                    | 200
                    history              | ?metric=service&from=1970-01-01T00:00:00Z&step=30d          | 200
                    history              | ?metric=lag&last=1d                                         | 200
                    history              | ?metric=lag&member=S1                                       | 400
                    history              | ''                                                         | 400
                    history              | ?metric=service&member=S9                                   | 400
                    history              | ?metric=service&last=1h&to=2026-01-01T01:00:00Z             | 400
                    history              | ?metric=service&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | 400
                    history              | ?metric=service&from=1970-01-01T00:00:00Z&to=2999-12-31T00:00:00Z&step=1s | 400
                    history              | ?metric=service&last=1s&last=2s                             | 400
                    history              | ?metric=service&memb=S1                                     | 400
                    history/events       | ''                                                         | 200
                    history/events       | ?type=member_state&member=S1&limit=1                        | 200
                    history/events       | ?last=1d&before=4                                           | 200
                    history/events       | ?limit=1&limit=2                                            | 400
                    incidents            | ?last=1d                                                    | 200
                    incidents            | ?last=1d&limit=1                                            | 200
                    incidents            | ?open=true                                                  | 200
                    incidents            | ?member=S1                                                  | 400
                    incidents/{id}       | ''                                                         | 200
                    incidents/{id}       | none                                                       | 404
                    incidents/{id}.md    | ''                                                         | 200
                    record               | ?last=1d                                                    | 200
                    record               | ?last=0s                                                    | 400
                    record               | ?member=S1                                                  | 400
                    availability         | ?last=1d                                                    | 200
                    availability         | ?from=2030-01-01T00:00:00Z                                  | 400
                    availability         | ?last=%25zz                                                 | 400
                    availability/days    | ''                                                         | 200
                    availability/days    | ?days=3&offset=-120&member=S1&member=db                     | 200
                    availability/days    | ?member=S9                                                  | 400
                    availability/days    | ?last=3d                                                    | 400
                    openapi.json         | ''                                                         | 200
                    """)
    void whatIsAskedIsAnsweredAsDescribed(String path, String query, int status) throws Exception {
        String raw = filled(ROOT + path) + query;
        Answer answer = lived.ask("GET", raw, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        DESCRIBED.holds("GET", ROOT + path, answer);
    }

    @ParameterizedTest
    @CsvSource({"/-/metrics,200", "/-/healthz,200", "/-/readyz,200", "/-/status/status.json,200"})
    void whatOtherProgramsAskIsDescribedToo(String path, int status) throws Exception {
        Answer answer = lived.ask("GET", path, "");
        assertThat(answer.status()).isEqualTo(status);
        DESCRIBED.holds("GET", path, answer);
    }

    @Test
    void thePastThatIsToldIsNoEmptyOne() throws Exception {
        JsonObject incidents = json("incidents?last=1d");
        assertThat(incidents.getJsonArray("incidents")).hasSizeGreaterThanOrEqualTo(2);
        JsonObject whole = json("incidents/" + lived.incident());
        assertThat(whole.getJsonArray("timeline")).isNotEmpty();
        assertThat(whole.getJsonArray("remarks")).isNotEmpty();
        assertThat(json("fleet?at=2026-01-01T01:00:04Z").getJsonArray("members"))
                .hasSize(4);
        assertThat(json("fleet?at=2025-01-01T00:00:00Z").getBoolean("known")).isFalse();
        assertThat(json("history?metric=service&last=1d").getJsonArray("members"))
                .hasSize(4);
        assertThat(json("history?metric=requests&member=S1&last=1d")
                        .getJsonArray("members")
                        .getJsonObject(0)
                        .getJsonObject("statuses")
                        .fieldNames())
                .containsExactlyInAnyOrder("2xx", "5xx");
        assertThat(json("history?metric=lag&last=1d&step=1d")
                        .getJsonObject("monitor")
                        .getJsonArray("count"))
                .contains(1);
        assertThat(json("record?last=1d").getJsonArray("causes")).isNotEmpty();
        assertThat(json("availability?last=1d").getJsonArray("members")).hasSize(4);
        JsonObject days = json("availability/days?days=2&member=S1");
        assertThat(days.getJsonArray("members")
                        .getJsonObject(0)
                        .getJsonArray("downMillis")
                        .getLong(1))
                .isPositive();
        assertThat(json("requests").getJsonArray("requests")).hasSize(2);
    }

    @Test
    void onePageFollowsAnother() throws Exception {
        for (String what : List.of("history/events", "incidents")) {
            String name = what.substring(what.indexOf('/') + 1);
            int all = json(what + "?last=1d&limit=500").getJsonArray(name).size();
            Set<String> seen = new TreeSet<>();
            Object next = "";
            while (next != null) {
                JsonObject page = json(what + "?last=1d&limit=1" + (next.equals("") ? "" : "&before=" + next));
                seen.add(String.valueOf(page.getJsonArray(name).getJsonObject(0).getValue("id")));
                next = page.getValue("next");
            }
            assertThat(seen).as(what).hasSize(all);
        }
    }

    private static JsonObject json(String path) throws Exception {
        return new JsonObject(lived.ask("GET", ROOT + path, "").body());
    }

    @ParameterizedTest
    @MethodSource("gets")
    void eachParameterTakesItsBoundsAndNothingElse(Operation get) throws Exception {
        for (JsonObject parameter : get.parameters(DESCRIBED, "query")) {
            JsonObject schema = parameter.getJsonObject("schema");
            for (String wrong : wrong(schema)) {
                Answer answer = asked(get, parameter, wrong);
                if (!get.path().equals(ROOT + "live")) {
                    assertThat(answer.status())
                            .as(get.path() + " " + parameter.getString("name") + "=" + wrong)
                            .isEqualTo(get.stream() ? 426 : 400);
                }
                DESCRIBED.holds("GET", get.path(), answer);
            }
            for (String right : right(schema)) {
                Answer answer = asked(get, parameter, right);
                assertThat(answer.status())
                        .as(get.path() + " " + parameter.getString("name") + "=" + right + answer.body())
                        .isEqualTo(get.stream() ? 426 : 200);
                DESCRIBED.holds("GET", get.path(), answer);
            }
        }
    }

    private static Answer asked(Operation get, JsonObject parameter, String value) throws Exception {
        String name = parameter.getString("name");
        String metric = get.path().equals(ROOT + "history") && !name.equals("metric") ? "metric=host&" : "";
        return lived.ask("GET", filled(get.path()) + "?" + metric + name + "=" + value, "");
    }

    private static List<String> wrong(JsonObject schema) {
        if (schema.getValue("type").equals("integer")) {
            return List.of(
                    "" + (schema.getLong("minimum") - 1), "" + (schema.getLong("maximum") + 1), "1.5", "", "nonsense");
        }
        boolean bound = schema.containsKey("enum") || schema.containsKey("pattern") || schema.containsKey("format");
        return bound || schema.getValue("type").equals("boolean") ? List.of("nonsense", "") : List.of();
    }

    private static List<String> right(JsonObject schema) {
        if (schema.getValue("type").equals("integer")) {
            return List.of("" + schema.getLong("minimum"), "" + schema.getLong("maximum"));
        }
        return schema.containsKey("enum")
                ? schema.getJsonArray("enum").stream().map(String::valueOf).toList()
                : List.of();
    }

    @ParameterizedTest
    @MethodSource("gets")
    void headIsGetWithoutABodyAndNothingElseIsTaken(Operation get) throws Exception {
        String path = filled(get.path()) + (get.path().equals(ROOT + "history") ? "?metric=host" : "");
        Answer head = lived.ask("HEAD", path, "");
        assertThat(head.status()).isEqualTo(get.stream() ? 426 : 200);
        assertThat(head.body()).isEmpty();
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            Answer answer = lived.ask(method, path, "");
            assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
            DESCRIBED.holds("GET", get.path(), answer);
        }
    }

    @ParameterizedTest
    @MethodSource("posts")
    void whatIsNotTaken(Operation post) throws Exception {
        String path = filled(post.path());
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            Answer answer = lived.ask(method, path, "");
            assertThat(answer.status()).isEqualTo(405);
            if (!method.equals("HEAD")) {
                DESCRIBED.holds("POST", post.path(), answer);
            }
        }
        refused(post, 401, lived.ask("POST", path, "{}"));
        refused(post, 403, lived.ask("POST", path, "{}", with("Origin", "http://evil.example")));
        refused(post, 403, lived.askAsClient("POST", path));
        refused(post, 400, lived.ask("POST", path, "[]", with()));
        refused(post, 400, lived.ask("POST", path, "{\"nonsense\":1}", with()));
        refused(post, 413, lived.ask("POST", path, " ".repeat(4097), with()));
        String nobody = post.path().replace("{id}", "none").replace("{name}", "S9");
        refused(post, 404, lived.ask("POST", nobody, "{\"text\":\"x\"}", with()));
        if (post.path().contains("{name}")) {
            refused(post, 409, lived.ask("POST", post.path().replace("{name}", "gw"), "{}", with()));
        }
    }

    private static void refused(Operation post, int status, Answer answer) {
        assertThat(answer.status()).as(post.path() + answer.body()).isEqualTo(status);
        DESCRIBED.holds("POST", post.path(), answer);
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + Lived.TOKEN), Stream.of(more))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    members/{name}/drain          | {"by":"a","why":"b","for":"10m","deadline":"0s","force":true} | 200
                    members/{name}/maintenance    | {"force":true}                          | 200
                    members/{name}/ready          | {"by":"a"}                              | 200
                    members/{name}/ready          | {"for":"1m"}                            | 400
                    members/{name}/drill          | {"mode":"freeze","force":true}          | 200
                    members/{name}/drill          | {"mode":"end"}                          | 200
                    members/{name}/drill          | {"mode":"explode"}                      | 400
                    members/{name}/drill          | {}                                      | 400
                    incidents/{id}/acknowledge    | {}                                      | 200
                    incidents/{id}/note           | {"by":"a","text":"b"}                   | 200
                    incidents/{id}/note           | {}                                      | 400
                    """)
    void whatIsTakenIsAnsweredAsDescribed(String path, String body, int status) throws Exception {
        Answer answer = lived.ask("POST", filled(ROOT + path), body, with());
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        DESCRIBED.holds("POST", ROOT + path, answer);
        JsonObject schema = DESCRIBED
                .operation("POST", ROOT + path)
                .says()
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        assertThat(DESCRIBED.faults(schema, body).isEmpty()).isEqualTo(status == 200);
        DESCRIBED.holds("GET", ROOT + "drill", lived.ask("GET", ROOT + "drill", ""));
        DESCRIBED.holds("GET", ROOT + "fleet", lived.ask("GET", ROOT + "fleet", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "requests,403",
        "requests/live,403",
        "drill,403",
        "members/{name}/echoes,200",
        "fleet,200",
        "incidents,200",
        "record,200"
    })
    void clientsAreNotToldOfOneAnother(String path, int status) throws Exception {
        Answer answer = lived.askAsClient("GET", filled(ROOT + path));
        assertThat(answer.status()).isEqualTo(status);
        DESCRIBED.holds("GET", ROOT + path, answer);
    }

    @Test
    void whereNothingIsRememberedThatIsSaid() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            for (Operation get : gets()) {
                String path = get.path().replace("{id}", "7-1").replace("{name}", "S1");
                boolean past = get.says().getJsonArray("tags").contains("past");
                var answer = site.get(path + (path.endsWith("/fleet") ? "?at=2026-01-01T00:00:00Z" : ""));
                boolean expected = past || path.endsWith("/fleet");
                assertThat(answer.statusCode() == 404).as(path).isEqualTo(expected);
                if (expected) {
                    assertThat(answer.body()).as(path).contains("\"error\"", "nothing is remembered");
                }
            }
            var answer = site.post(ROOT + "incidents/7-1/note", "{\"text\":\"x\"}", with());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("nothing is remembered");
        }
    }

    @Test
    void theStreamIsAsDescribed() throws Exception {
        try (WatchedStream stream = WatchedStream.open(lived.client, lived.uri("ws", ROOT + "live"))) {
            JsonObject snapshot = stream.next("snapshot");
            assertThat(DESCRIBED.faults("LiveMessage", snapshot)).isEmpty();
            assertThat(snapshot.getJsonArray("incidents")).isNotEmpty();
            lived.second();
            JsonObject change = stream.next("change");
            assertThat(DESCRIBED.faults("LiveMessage", change)).isEmpty();
            assertThat(change.getJsonObject("figures").fieldNames()).contains("host", "service");
            JsonObject beat = stream.next("beat");
            assertThat(DESCRIBED.faults("LiveMessage", beat)).isEmpty();
            JsonObject last = snapshot.getJsonArray("incidents").getJsonObject(0);
            assertThat(beat.getJsonObject("tolls").fieldNames()).contains(last.getString("id"));
        }
    }

    @Test
    void aFieldThatIsNotDescribedIsAFault() throws Exception {
        JsonObject fleet = json("fleet");
        assertThat(DESCRIBED.faults("Fleet", fleet)).isEmpty();
        fleet.getJsonArray("members").getJsonObject(0).getJsonObject("host").put("new", 1);
        assertThat(DESCRIBED.faults("Fleet", fleet)).isNotEmpty();
    }

    @Test
    void theRoutesThatThereAreAreThoseThatAreDescribed() throws Exception {
        Set<String> described = DESCRIBED.operations().stream()
                .map(Operation::path)
                .filter(path -> !path.endsWith(".md"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(RouteNames.all()).isEqualTo(described);
    }

    @Test
    void theDescriptionIsServedAsItIsAndMayBeAskedWhetherItChanged() throws Exception {
        Answer answer = lived.ask("GET", ROOT + "openapi.json", "");
        assertThat(new JsonObject(answer.body())).isEqualTo(DESCRIBED.document);
        Answer again = lived.ask(
                "GET",
                ROOT + "openapi.json",
                "",
                "If-None-Match",
                answer.headers().getOrDefault("etag", ""));
        assertThat(again.status()).isEqualTo(304);
        DESCRIBED.holds("GET", ROOT + "openapi.json", again);
    }
}

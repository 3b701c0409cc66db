package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Detail;
import io.echogate.page.Described.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about incidents that take no more, and what is asked of such as there are not. */
final class IncidentRoutesTest {
    private static final String INCIDENTS = Described.ROOT + "incidents";
    private static final Described DESCRIBED = new Described();
    private static final int MOST_REMARKS = 200;
    /** More than are held beside the database. */
    static final int MANY = 60;

    @TempDir
    private Path directory;

    private static Answer note(Lived lived, String id) throws Exception {
        Answer answer = lived.ask(
                "POST", INCIDENTS + "/" + id + "/note", "{\"text\":\"x\"}", "Authorization", "Bearer " + Lived.TOKEN);
        DESCRIBED.holds("POST", INCIDENTS + "/{id}/note", answer);
        return answer;
    }

    @Test
    void oneThatIsFullSaysSo() throws Exception {
        try (Lived lived = new Lived(directory)) {
            for (int i = 0; i < MOST_REMARKS; i++) {
                lived.remark(new Detail.Remark(lived.incident(), "alice", "again", false), outcome -> {});
            }
            Answer answer = note(lived, lived.incident());
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).contains("takes no more");
        }
    }

    @Test
    void oneThatOnlyTheDatabaseKnowsSaysSo() throws Exception {
        try (Lived lived = new Lived(directory, IncidentRoutesTest::failsOften)) {
            JsonObject all = new JsonObject(
                    lived.ask("GET", INCIDENTS + "?last=7d&limit=500", "").body());
            assertThat(all.getJsonArray("incidents")).hasSize(MANY);
            String oldest =
                    all.getJsonArray("incidents").getJsonObject(MANY - 1).getString("id");
            Answer answer = note(lived, oldest);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).contains("among those that last and the newest");
            assertThat(note(lived, "7-none").status()).isEqualTo(404);
        }
    }

    /** So that there are that many incidents. */
    static void failsOften(Lived lived) throws Exception {
        lived.second();
        for (int i = 0; i < MANY; i++) {
            lived.down("S1");
            lived.up("S1");
            lived.clock.advanceMillis(600_000);
            lived.second();
        }
        lived.stored();
    }

    @Test
    void whoTakesCareIsTold() throws Exception {
        try (Lived lived = new Lived(directory)) {
            Answer one = lived.ask("GET", INCIDENTS + "/" + lived.incident(), "");
            DESCRIBED.holds("GET", INCIDENTS + "/{id}", one);
            assertThat(new JsonObject(one.body()).getString("acknowledgedBy")).isEqualTo("alice");
        }
    }

    @Test
    void aPageAfterNothingIsAnError() throws Exception {
        try (Lived lived = new Lived(directory)) {
            Answer answer = lived.ask("GET", INCIDENTS + "?last=1d&before=none", "");
            DESCRIBED.holds("GET", INCIDENTS, answer);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("before: no incident `none`");
        }
    }
}

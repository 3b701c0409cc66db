package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.config.CarryRules;
import io.echogate.config.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reserved prefix, decided on the path as it came. */
final class PageTest {
    private static Stage stage(boolean page) {
        return new Stage(Configs.with(page, Limits.DEFAULT, CarryRules.DEFAULT));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "/-/, page",
        "/-, page",
        "/-?x, page",
        "/-/api/v1/fleet?x=y, page",
        "http://a/-/x, page",
        "/-/../x, page",
        "/-x, S1",
        "/--/, S1",
        "//-/, S1",
        "/./-/, S1",
        "/x/../-/, S1",
        "/%2D/, S1",
        "/%2d/x, S1",
        "/-%2Fx, S1",
        "/?/-/, S1",
        "http://a?/-/, S1",
        "/, S1",
    })
    void belongsTo(String target, String who) {
        assertThat(stage(true)
                        .client("GET " + target + " HTTP/1.1\nHost: a\n\n")
                        .did())
                .containsExactly("connect " + who);
        assertThat(stage(false)
                        .client("GET " + target + " HTTP/1.1\nHost: a\n\n")
                        .did())
                .containsExactly("connect S1");
    }

    @Test
    void isReadOnly() {
        Stage s = stage(true);
        s.client("POST /-/api/v1/drain HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi");
        assertThat(s.clientGot()).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD\n");
        assertThat(s.did()).doesNotContain("connect page");
    }

    @Test
    void hasNoProofNoRetryAndNoEvidence() {
        Stage s = stage(true);
        s.client("GET /-/ HTTP/1.1\nHost: a\n\n").connected().member("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        assertThat(s.clientGot()).isEqualTo("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        s.did();
        s.client("GET /-/ HTTP/1.1\nHost: a\n\n").refused();
        assertThat(s.clientGot()).startsWith("HTTP/1.1 502 ");
        assertThat(s.did()).containsExactly("connect page", "drop", "refused PAGE_UNAVAILABLE", "finished us 502");
    }
}

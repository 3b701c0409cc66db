package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.model.Incident;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written is what is read, and nothing else is. */
final class IncidentJsonTest {
    @Test
    void there_and_back() {
        for (Incident incident : List.of(Incidents.full(), Incidents.bare())) {
            JsonObject json = IncidentJson.encode(incident);
            assertThat(IncidentJson.decode(new JsonObject(json.encode()))).isEqualTo(incident);
            assertThat(IncidentJson.encode(IncidentJson.decode(json)).encode()).isEqualTo(json.encode());
        }
        assertThat(IncidentJson.encode(Incidents.bare()).fieldNames())
                .doesNotContain("ended", "lastGood", "firstBad", "left", "outage", "promisedNanos");
    }

    @Test
    void anything_else_is_refused_as_what_it_is() {
        for (String name : IncidentJson.encode(Incidents.full()).fieldNames()) {
            JsonObject json = IncidentJson.encode(Incidents.full()).put(name, new JsonObject());
            assertThatThrownBy(() -> IncidentJson.decode(json))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        JsonObject text = IncidentJson.encode(Incidents.full()).put("named", "yesterday");
        assertThatThrownBy(() -> IncidentJson.decode(text)).isInstanceOf(IllegalArgumentException.class);
        JsonObject less = IncidentJson.encode(Incidents.full()).put("times", -1);
        assertThatThrownBy(() -> IncidentJson.decode(less)).isInstanceOf(IllegalArgumentException.class);
    }
}

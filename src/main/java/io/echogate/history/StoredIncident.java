package io.echogate.history;

import io.echogate.model.Incident;
import io.echogate.model.Toll;
import io.vertx.core.json.JsonObject;

/** An incident with what it did to requests, as the store keeps it. */
public record StoredIncident(Incident incident, Toll toll) {
    static JsonObject of(Incident incident, Toll toll) {
        return IncidentJson.encode(incident)
                .put(
                        "requests",
                        new JsonObject()
                                .put("met", toll.met())
                                .put("elsewhere", toll.elsewhere())
                                .put("failed", toll.failed()));
    }

    static StoredIncident decode(JsonObject json) {
        JsonObject requests = json.getJsonObject("requests", new JsonObject());
        return new StoredIncident(
                IncidentJson.decode(json),
                new Toll(
                        requests.getLong("met", 0L),
                        requests.getLong("elsewhere", 0L),
                        requests.getLong("failed", 0L)));
    }
}

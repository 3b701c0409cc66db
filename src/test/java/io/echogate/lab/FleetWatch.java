package io.echogate.lab;

import io.echogate.clock.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the fleet's JSON again and again and reports every change of a verdict. Confined to the witness's watching thread. */
final class FleetWatch {
    private static final String TARGET = "/-/api/v1/fleet";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InetSocketAddress monitor;
    private final Consumer<Sighting> witness;
    private final Clock clock = Clock.system();
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, String> echoes = new HashMap<>();
    private @Nullable Wire wire;
    private String epoch = "";
    private long seq = -1;
    private boolean isolated;
    private long lastReading;
    private int readings;
    private double longestGapMillis;

    FleetWatch(InetSocketAddress monitor, Consumer<Sighting> witness) {
        this.monitor = monitor;
        this.witness = witness;
    }

    /** One reading. A failed one is reported and the connection replaced. */
    void read() {
        try {
            if (wire == null) {
                wire = Wire.connect(monitor);
            }
            Wire.Answer answer = wire.get(TARGET, true);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status() + ": " + answer.body());
            }
            look(JSON.readTree(answer.body()));
        } catch (IOException | RuntimeException e) {
            report(e.toString());
            reconnect();
        }
    }

    private void look(JsonNode fleet) {
        long now = clock.nanos();
        longestGapMillis = readings == 0 ? 0 : Math.max(longestGapMillis, (double) (now - lastReading) / 1e6);
        lastReading = now;
        readings++;
        order(fleet);
        boolean newIsolated = fleet.path("isolated").asBoolean();
        if (newIsolated != isolated) {
            isolated = newIsolated;
            witness.accept(new Sighting.Isolated(now, isolated));
        }
        for (JsonNode member : fleet.path("members")) {
            look(now, member);
        }
    }

    private void look(long now, JsonNode member) {
        String name = member.path("name").asString();
        String echoAt = member.path("service").path("lastEchoAt").asString("");
        if (!echoAt.equals(echoes.put(name, echoAt))) {
            witness.accept(new Sighting.Echoed(now, name));
        }
        String state = member.path("state").asString();
        String cause = member.path("cause").asString();
        if (!(state + cause).equals(shown.put(name, state + cause))) {
            witness.accept(new Sighting.Verdict(now, name, state, cause));
        }
    }

    private void order(JsonNode fleet) {
        String newEpoch = fleet.path("epoch").asString();
        long newSeq = fleet.path("seq").asLong();
        if (seq >= 0 && (!newEpoch.equals(epoch) || newSeq < seq)) {
            report("the fleet went back: " + epoch + "/" + seq + " then " + newEpoch + "/" + newSeq);
        }
        epoch = newEpoch;
        seq = newSeq;
    }

    private void report(String reason) {
        witness.accept(new Sighting.Failed(clock.nanos(), "watch", reason));
    }

    private void reconnect() {
        try {
            if (wire != null) {
                wire.close();
            }
        } catch (IOException e) {
            report("while closing: " + e);
        }
        wire = null;
    }

    /** Reports on the readings so far and begins to count anew. */
    void rest() {
        witness.accept(new Sighting.Watched(clock.nanos(), readings, longestGapMillis));
        readings = 0;
    }
}

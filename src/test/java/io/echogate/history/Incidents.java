package io.echogate.history;

import io.echogate.model.Cause;
import io.echogate.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Incidents for tests. */
final class Incidents {
    static final Instant AT = Instant.parse("2026-01-01T10:00:00.123Z");

    private Incidents() {}

    /** One that has everything. */
    static Incident full() {
        return new Incident(
                "7-12",
                40,
                Incident.Kind.MACHINE,
                "10.0.0.1",
                List.of("S1", "S2"),
                Cause.HOST_SILENT,
                AT.minusMillis(2_100),
                AT.minusMillis(1_900),
                AT.minusMillis(900),
                AT,
                AT.plusSeconds(95),
                3,
                Duration.ofMillis(2_200),
                true,
                true,
                AT.plusMillis(1),
                List.of(
                        new Incident.Entry(
                                AT.minusMillis(900), "requests_move", "", "new requests go to S3", List.of()),
                        new Incident.Entry(AT, "member_state", "S1", "SUSPECT → DOWN: off", List.of("a", "\"b\"\n"))),
                17,
                List.of(
                        new Incident.Remark(AT.plusSeconds(9), "alice", "", true),
                        new Incident.Remark(AT.plusSeconds(10), "böb", "fan \u0007 dead", false)));
    }

    /** One that lasts and has nothing that can be missing. */
    static Incident bare() {
        return new Incident(
                "7-1",
                1,
                Incident.Kind.ISOLATION,
                "",
                List.of(),
                Cause.ISOLATED,
                null,
                null,
                null,
                AT,
                null,
                1,
                null,
                false,
                false,
                null,
                List.of(),
                0,
                List.of());
    }
}

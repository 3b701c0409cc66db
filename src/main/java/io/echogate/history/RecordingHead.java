package io.echogate.history;

import io.echogate.model.Fleet;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * The first line of a recording: all that a replay needs besides what follows.
 *
 * @param echogate the version that recorded it
 * @param file name of the configuration's file, for people
 * @param config its text
 * @param epoch of the recorded run
 * @param nanos monotonic time of the start; all other times of the file but wall-clock times count from it
 * @param at wall-clock time of the start
 */
public record RecordingHead(String echogate, String file, String config, long epoch, long nanos, Instant at) {
    /** The version of the format that is written, and the only one that is read. */
    static final int FORMAT = 1;

    /** How every recording begins. */
    static final String MARK = "{\"recording\":";

    /** The head of a run that has just begun. */
    public static RecordingHead of(String echogate, String file, String config, Fleet first) {
        return new RecordingHead(echogate, file, config, first.epoch(), first.atNanos(), first.at());
    }

    String encode() {
        return new JsonObject()
                .put("recording", FORMAT)
                .put("echogate", echogate)
                .put("file", file)
                .put("config", config)
                .put("epoch", epoch)
                .put("nanos", nanos)
                .put("at", at.toString())
                .encode();
    }

    static RecordingHead decode(JsonObject json) {
        return new RecordingHead(
                Fields.text(json, "echogate"),
                Fields.text(json, "file"),
                Fields.text(json, "config"),
                Fields.number(json, "epoch"),
                Fields.number(json, "nanos"),
                Instant.parse(Fields.text(json, "at")));
    }
}

package io.echogate.history;

import io.echogate.model.Drain.Taken;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is read line by line: its head, then one drain of the writer's queue after the other. A line that
 * was cut short at the end of the file is no fault; anything else that is not as it was written is.
 */
public final class Recording implements AutoCloseable {
    /**
     * One drain as recorded.
     *
     * @param line of the file, from 1
     * @param nanos monotonic time, of the recorded run
     * @param taken what the writer took in
     * @param published what {@link PublishedJson} made of the snapshot
     */
    public record Recorded(long line, long nanos, Instant at, List<Taken> taken, JsonObject published) {}

    private final String file;
    private final InputStream in;
    private final RecordingHead head;
    private long line;
    private boolean torn;
    private @Nullable Ending ending;

    private Recording(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        this.head = readHead();
    }

    /** Opens it and reads its head. */
    public static Recording open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
        try {
            return new Recording(file.toString(), in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    public RecordingHead head() {
        return head;
    }

    /** How it ended; meaningful once {@link #next} has returned null. */
    public Ending ending() {
        return ending == null ? Ending.OPEN : ending;
    }

    /** The next drain, or null after the last one. */
    public @Nullable Recorded next() throws IOException {
        String text = readLine();
        if (text == null || torn) {
            ending = torn ? Ending.TORN : ending();
            return null;
        }
        JsonObject json = parse(text);
        try {
            if (json.containsKey("end")) {
                return last(Fields.word(Ending.class, json, "end"));
            }
            return recorded(json);
        } catch (ClassCastException | NullPointerException e) {
            throw fault("damaged: not a line of a recording");
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw fault("damaged: " + e.getMessage());
        }
    }

    private @Nullable Recorded last(Ending how) throws IOException {
        ending = how;
        if (readLine() != null) {
            throw fault("damaged: the recording goes on after its end");
        }
        return null;
    }

    private Recorded recorded(JsonObject json) {
        List<Taken> taken = Fields.array(json, "in").stream()
                .map(command -> CommandJson.decode((JsonObject) command, head.nanos()))
                .toList();
        return new Recorded(
                line,
                Fields.number(json, "nanos") + head.nanos(),
                Instant.parse(Fields.text(json, "at")),
                taken,
                Fields.object(json, "out"));
    }

    private RecordingHead readHead() throws IOException {
        String text = readLine();
        if (text == null || !text.startsWith(RecordingHead.MARK)) {
            throw fault("not a recording made by `echogate monitor --record`");
        }
        if (torn) {
            throw fault("the recording is cut short in its first line: there is nothing to replay");
        }
        JsonObject json = parse(text);
        try {
            long format = Fields.number(json, "recording");
            if (format != RecordingHead.FORMAT) {
                throw fault("made by another version of echogate: format " + format + ", this one reads "
                        + RecordingHead.FORMAT);
            }
            return RecordingHead.decode(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw fault("damaged: " + e.getMessage());
        }
    }

    private JsonObject parse(String text) throws RecordingException {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            throw fault("damaged: not a JSON object");
        }
    }

    private RecordingException fault(String problem) {
        return new RecordingException(file, Math.max(1, line), problem);
    }

    /** The next line, or null at the end; sets {@code torn} when the end comes before the line's own. */
    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        line++;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
            if (bytes.size() > RecordingFile.LONGEST_LINE_BYTES) {
                throw fault("longer than any line of a recording");
            }
        }
        torn = b < 0;
        return torn ? bytes.toString(StandardCharsets.UTF_8) : decoded(bytes.toByteArray());
    }

    private String decoded(byte[] bytes) throws RecordingException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault(line == 1 ? "not a recording made by `echogate monitor --record`" : "damaged: not UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

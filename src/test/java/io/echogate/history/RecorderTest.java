package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.model.Command;
import io.echogate.model.Drain;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorder is bounded in bytes and in memory, and whatever becomes of its file, it never holds anybody up. */
final class RecorderTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Fleet EMPTY =
            new Fleet(7, 0, 0, 0, AT, 1_000, false, false, Icmp.UNTRIED, null, List.of(), List.of(), List.of());
    private static final RecordingHead HEAD = RecordingHead.of("1", "fleet.yaml", "members: []", EMPTY);

    private static Drain drain(long nanos) {
        Fleet fleet =
                new Fleet(7, nanos, 0, 0, AT, nanos, false, false, Icmp.UNTRIED, null, List.of(), List.of(), List.of());
        return new Drain(nanos, AT, List.of(new Taken(new Command.Missed(5), Long.MIN_VALUE)), fleet);
    }

    private static List<String> lines(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void writes_one_line_per_drain_and_says_that_it_was_closed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Recorder recorder = new Recorder(out, "a", Long.MAX_VALUE, 16, HEAD, EMPTY);
        recorder.accept(drain(1_002));
        recorder.accept(drain(1_003));
        recorder.close();
        assertThat(lines(out))
                .containsExactly(
                        "{\"recording\":1,\"echogate\":\"1\",\"file\":\"fleet.yaml\",\"config\":\"members: []\","
                                + "\"epoch\":7,\"nanos\":1000,\"at\":\"2026-01-01T00:00:00Z\"}",
                        "{\"nanos\":2,\"at\":\"2026-01-01T00:00:00Z\",\"in\":[{\"missed\":5}],\"out\":{\"seq\":1002}}",
                        "{\"nanos\":3,\"at\":\"2026-01-01T00:00:00Z\",\"in\":[{\"missed\":5}],\"out\":{\"seq\":1003}}",
                        "{\"end\":\"CLOSED\"}");
    }

    @Test
    void a_full_recording_ends_within_its_limit_and_says_so_once() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Recorder recorder = new Recorder(out, "a", 10_000, 10_000, HEAD, EMPTY);
        for (int i = 0; i < 5_000; i++) {
            recorder.accept(drain(1_000 + i));
        }
        recorder.close();
        assertThat(out.size()).isBetween(9_000, 10_000);
        assertThat(lines(out)).last().isEqualTo("{\"end\":\"FULL\"}");
        assertThat(lines(out).stream().filter(l -> l.contains("end"))).hasSize(1);
    }

    @Test
    void a_disk_that_is_slow_ends_the_recording_and_keeps_nobody_waiting() throws IOException {
        CountDownLatch writable = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] b, int off, int len) {
                if (size() > 0) {
                    awaitQuietly(writable);
                }
                super.write(b, off, len);
            }
        };
        Recorder recorder = new Recorder(out, "a", Long.MAX_VALUE, 4, HEAD, EMPTY);
        for (int i = 0; i < 1_000; i++) {
            recorder.accept(drain(1_000 + i));
        }
        writable.countDown();
        recorder.close();
        assertThat(lines(out)).last().isEqualTo("{\"end\":\"TOO_SLOW\"}");
        assertThat(lines(out)).hasSizeLessThan(1_000);
        assertThat(lines(out).subList(1, lines(out).size() - 1))
                .as("what is there has no gap")
                .allSatisfy(line -> assertThat(line).contains("\"in\""))
                .first()
                .asString()
                .contains("\"seq\":1000");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_full_disk_ends_the_recording_and_nothing_else() throws IOException {
        CountDownLatch closed = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            private int written;

            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                if (written++ > 0) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        Recorder recorder = new Recorder(full, "a", Long.MAX_VALUE, 16, HEAD, EMPTY);
        recorder.accept(drain(1_001));
        await().untilAsserted(() -> assertThat(closed.getCount()).isZero());
        for (int i = 0; i < 1_000; i++) {
            recorder.accept(drain(1_002 + i));
        }
        recorder.close();
    }

    @Test
    void an_older_recording_is_set_aside_and_any_other_file_left_alone(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("rec.jsonl");
        for (String version : List.of("1", "2", "3")) {
            RecordingHead head = RecordingHead.of(version, "fleet.yaml", "", EMPTY);
            Recorder.start(file, Recorder.LEAST_LIMIT_BYTES, head, EMPTY).close();
        }
        assertThat(Files.readString(file)).contains("\"echogate\":\"3\"");
        assertThat(Files.readString(dir.resolve("rec.jsonl.old"))).contains("\"echogate\":\"2\"");

        Path other = Files.writeString(dir.resolve("fleet.yaml"), "members: []");
        assertThatThrownBy(() -> Recorder.start(other, Recorder.LEAST_LIMIT_BYTES, HEAD, EMPTY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it exists and is no recording");
        assertThat(Files.readString(other)).isEqualTo("members: []");
        assertThatThrownBy(() -> Recorder.start(dir, Recorder.LEAST_LIMIT_BYTES, HEAD, EMPTY))
                .hasMessageContaining("is no recording");
        assertThatThrownBy(() -> Recorder.start(dir.resolve("no/such"), Recorder.LEAST_LIMIT_BYTES, HEAD, EMPTY))
                .hasMessageContaining("its directory does not exist");
    }
}

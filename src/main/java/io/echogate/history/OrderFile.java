package io.echogate.history;

import io.echogate.model.Order;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ordered, kept over a restart: one JSON file, replaced whole. A reader sees the orders before or those
 * after, also when the power fails in between. Whoever calls waits for the disk: not for an event loop.
 */
public final class OrderFile {
    private static final Logger log = LoggerFactory.getLogger(OrderFile.class);
    private static final long MOST_BYTES = 16 << 20;

    private final Path file;

    public OrderFile(Path file) {
        this.file = file;
    }

    /**
     * The orders by member; none when there is no file. One that cannot be understood is set aside under another name,
     * never deleted: then nobody's orders are known.
     *
     * @param now names the file that is set aside
     * @throws IOException when the file cannot be read, or not be set aside
     */
    public Map<String, Order> read(Instant now) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than " + MOST_BYTES + " bytes");
            }
            return decoded(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (RuntimeException | java.nio.charset.CharacterCodingException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable-" + now.toEpochMilli());
            Files.move(file, aside);
            log.error("orders_unreadable file={} kept_as={} reason=\"{}\"", file, aside, e.getMessage());
            return Map.of();
        }
    }

    private static Map<String, Order> decoded(String text) {
        JsonObject members = new JsonObject(text).getJsonObject("members");
        Map<String, Order> orders = new TreeMap<>();
        for (String member : members.fieldNames()) {
            orders.put(member, OrderJson.decode(members.getJsonObject(member)));
        }
        return orders;
    }

    /**
     * Replaces what is stored, and returns once the disk has it.
     *
     * @throws IOException when it could not be stored: what was stored before still is
     */
    public void write(Map<String, Order> orders) throws IOException {
        JsonObject members = new JsonObject();
        new TreeMap<>(orders).forEach((member, order) -> members.put(member, OrderJson.encode(order)));
        byte[] text =
                (new JsonObject().put("members", members).encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer left = ByteBuffer.wrap(text); left.hasRemaining(); ) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}

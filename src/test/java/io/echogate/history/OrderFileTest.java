package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echogate.model.Intent;
import io.echogate.model.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderFileTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");

    @TempDir
    private Path directory;

    private Order drain(String why) {
        return new Order(Intent.DRAIN, "alice", why, NOW, NOW.plusSeconds(60), NOW.plusSeconds(30), Order.NEVER);
    }

    @Test
    void whatWasStoredIsReadAsItWas() throws Exception {
        OrderFile file = new OrderFile(directory.resolve("orders.json"));
        assertThat(file.read(NOW)).isEmpty();
        Order forever = new Order(Intent.MAINTENANCE, "bob", "", NOW, null, NOW, Order.NEVER);
        Map<String, Order> orders = Map.of("S1", drain("“quoted”\n"), "S2", forever);
        file.write(orders);
        assertThat(file.read(NOW)).isEqualTo(orders);
        file.write(Map.of());
        assertThat(file.read(NOW)).isEmpty();
        assertThat(directory.toFile().list()).containsExactly("orders.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "{\"members\":{\"S1\":{\"intent\":\"SLEEP\"}}}", "{\"members\":{\"S1\":7}}"
            })
    void whatCannotBeUnderstoodIsKeptUnderAnotherName(String text) throws Exception {
        Path path = directory.resolve("orders.json");
        Files.writeString(path, text);
        OrderFile file = new OrderFile(path);
        assertThat(file.read(NOW)).isEmpty();
        assertThat(path).doesNotExist();
        assertThat(directory.resolve("orders.json.unreadable-" + NOW.toEpochMilli()))
                .hasContent(text);
        file.write(Map.of("S1", drain("")));
        assertThat(file.read(NOW)).containsOnlyKeys("S1");
    }

    @Test
    void whatCannotBeStoredLeavesWhatWasStored() throws Exception {
        Path path = directory.resolve("orders.json");
        OrderFile file = new OrderFile(path);
        file.write(Map.of("S1", drain("first")));
        Files.createDirectory(directory.resolve("orders.json.new"));
        assertThatThrownBy(() -> file.write(Map.of("S1", drain("second")))).isInstanceOf(IOException.class);
        assertThat(file.read(NOW)).isEqualTo(Map.of("S1", drain("first")));
    }
}

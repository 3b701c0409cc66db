package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StartingTest {
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void a_part_is_there_once_it_has_started_and_is_closed_with_it() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Starting<AutoCloseable> starting = Starting.begin("a-part", () -> {
            go.await();
            return closed::incrementAndGet;
        });
        go.countDown();
        assertThat(starting.get()).isNotNull();
        assertThat(closed).hasValue(0);
        starting.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void what_keeps_it_from_starting_is_thrown_to_whoever_needs_it() {
        Starting<AutoCloseable> io = Starting.begin("a-part", () -> {
            throw new IOException("the port is taken");
        });
        assertThatThrownBy(io::get).isInstanceOf(IOException.class).hasMessage("the port is taken");
        Starting<AutoCloseable> broken = Starting.begin("a-part", () -> {
            throw new NoClassDefFoundError("gone");
        });
        assertThatThrownBy(broken::get).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        io.close();
        broken.close();
        assertThat(closed).hasValue(0);
    }
}

package io.echogate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Icmp;
import io.echogate.model.Icmp.Mode;
import io.echogate.net.Transport;
import org.junit.jupiter.api.Test;

/** Every finding that is not good carries what mends it. */
final class FindingTest {
    @Test
    void icmp_sockets() {
        assertThat(Finding.icmp(new Icmp(Mode.DATAGRAM, "")).good()).isTrue();
        assertThat(Finding.icmp(new Icmp(Mode.RAW, "")).good()).isTrue();
        Finding none = Finding.icmp(new Icmp(Mode.NONE, "sysctl -w this"));
        assertThat(none.good()).isFalse();
        assertThat(none.text()).contains("REMEDY", "no socket", "→ sysctl -w this");
    }

    @Test
    void transports() {
        assertThat(Finding.transport(Transport.EPOLL, "", "allowed").text())
                .startsWith("transport  ok      epoll; io_uring: allowed");
        Finding nio = Finding.transport(Transport.NIO, "no library for this libc", "needs Linux");
        assertThat(nio.good()).isFalse();
        assertThat(nio.fact()).contains("no library for this libc");
        assertThat(nio.remedy()).isNotEmpty();
    }

    @Test
    void open_files_have_to_suffice_for_all_clients_and_their_members() {
        assertThat(Finding.files(41_000, 20_000).good()).isTrue();
        assertThat(Finding.files(Long.MAX_VALUE, 20_000).fact()).isEqualTo("no limit");
        Finding few = Finding.files(1_024, 20_000);
        assertThat(few.fact()).isEqualTo("1024 open files; limits.connections: 20000 may need 41000");
        assertThat(few.remedy()).startsWith("ulimit -n 41000");
    }

    @Test
    void clocks() {
        assertThat(Finding.clock("tsc", 20, true).good()).isTrue();
        assertThat(Finding.clock("hpet", 20, true).remedy()).contains("clocksource=tsc");
        assertThat(Finding.clock("tsc", 4_000_000, true).good()).isFalse();
        assertThat(Finding.clock("tsc", 20, false).remedy()).contains("chrony");
    }

    @Test
    void jdks() {
        assertThat(Finding.jdk(25, "25.0.3", true).good()).isTrue();
        assertThat(Finding.jdk(21, "21", true).remedy()).contains("JDK 25");
        assertThat(Finding.jdk(25, "25.0.3", false).remedy()).contains("--enable-native-access");
    }
}

package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KernelFactsTest {
    @Test
    void reads_the_soft_limit_of_open_files() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             95950                95950                processes
                Max open files            1024                 524288               files
                """;
        assertThat(KernelFacts.openFiles(limits)).isEqualTo(1_024);
        assertThat(KernelFacts.openFiles(limits.replace("1024  ", "unlimited"))).isEqualTo(Long.MAX_VALUE);
        assertThat(KernelFacts.openFiles("")).isEqualTo(Long.MAX_VALUE);
    }

    /** HotSpot raises the soft limit to the hard one, so the shell's hard limit is ours. */
    @Test
    void is_told_the_limit_that_holds_for_this_process() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "ulimit -n")
                .redirectError(Redirect.DISCARD)
                .start();
        String told = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(shell.waitFor()).isZero();
        assertThat(KernelFacts.openFiles()).isEqualTo(told.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(told));
    }

    @Test
    void asks_the_kernel_for_an_io_uring_and_gives_it_back() throws IOException {
        long before = descriptors();
        int errno = KernelFacts.ioUringErrno();
        assertThat(errno).isIn(0, Errno.EPERM, Errno.ENOSYS);
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (var open = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            return open.filter(fd -> isRing(fd)).count();
        }
    }

    private static boolean isRing(java.nio.file.Path fd) {
        try {
            return java.nio.file.Files.readSymbolicLink(fd).toString().contains("io_uring");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void clock_facts_are_to_be_had() {
        assertThat(KernelFacts.clockSource()).matches("[a-z][a-z0-9_-]*");
        assertThat(KernelFacts.clockSynchronised()).isEqualTo(KernelFacts.clockSynchronised());
    }
}

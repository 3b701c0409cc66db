package io.echogate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** TCP segments that this machine has sent, its own acknowledgements among them: on loopback each of them is received, too. */
final class Segments {
    private static final Path TABLE = Path.of("/proc/net/snmp");
    private static final String OURS = "Tcp:";

    private Segments() {}

    static long sent() {
        try {
            List<String[]> rows = Files.readAllLines(TABLE).stream()
                    .filter(line -> line.startsWith(OURS))
                    .map(line -> line.split(" "))
                    .toList();
            return Long.parseLong(rows.get(1)[Arrays.asList(rows.getFirst()).indexOf("OutSegs")]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.echogate.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The test bed of {@code ./bench/relay}: two members in one process, and proxies before them. The proxies have the last
 * core, or as many as asked for; load and members have the first.
 */
final class Bed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int cores;
    private final int last = lastProcessor();
    private final int[] members = {HttpScale.freePort(), HttpScale.freePort()};
    private final Child backend;
    private int started;

    Bed(int cores) throws IOException {
        this.cores = cores;
        this.directory = Files.createTempDirectory("echogate-bench-");
        this.backend = child(
                "backend",
                loadCores(),
                List.of("target/bench/backend", Integer.toString(members[0]), Integer.toString(members[1])));
        backend.said("backend listening");
    }

    /** A proxy that runs, and where. */
    record Proxy(RelayPeer peer, Child child, int port) implements AutoCloseable {
        @Override
        public void close() {
            child.close();
        }
    }

    /** Starts it and returns at its first answer from a member, or says what it said. */
    Proxy start(RelayPeer peer) throws IOException {
        int port = HttpScale.freePort();
        String config = peer.template().isEmpty() ? "" : fillIn(peer, port).toString();
        Child child = child(peer.key(), proxyCores(), peer.command(config, port, members[0]));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .failFast(() -> child.requireAlive())
                .until(() -> answers(port));
        return new Proxy(peer, child, port);
    }

    private String proxyCores() {
        return cores == 1 ? Integer.toString(last) : Math.max(0, last - cores + 1) + "-" + last;
    }

    /** The first, or all when the proxies have all. */
    private String loadCores() {
        return cores > last ? proxyCores() : "0";
    }

    /** Of the machine, not of this process, which keeps to the first. */
    private static int lastProcessor() {
        try {
            String online =
                    Files.readString(Path.of("/sys/devices/system/cpu/online")).strip();
            return Integer.parseInt(online.substring(online.lastIndexOf('-') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fillIn(RelayPeer peer, int port) throws IOException {
        String text = Files.readString(Path.of("bench/peers", peer.template()))
                .replace("@VARIANT@", peer.variant())
                .replace("@CORES@", Integer.toString(cores))
                .replace("@DIRECTORY@", directory.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@ADMIN@", Integer.toString(HttpScale.freePort()))
                .replace("@MEMBER1@", Integer.toString(members[0]))
                .replace("@MEMBER2@", Integer.toString(members[1]));
        String more = switch (peer) {
            case ECHOGATE_LOG -> "accessLog: {file: " + directory.resolve("access.log") + ", keep: 1}\n";
            case ECHOGATE_NO_HISTORY -> "history: {enabled: false}\n";
            default -> "";
        };
        return Files.writeString(directory.resolve(++started + "-" + peer.template()), text + more);
    }

    /** A load generator that has opened its connections, each warm by one request. */
    Child load(Proxy proxy, List<String> options, double seconds) {
        List<String> command = new ArrayList<>(List.of("target/bench/load", Integer.toString(proxy.port())));
        command.addAll(options);
        command.add("seconds=" + seconds);
        Child load = child("load", loadCores(), command);
        load.said("(ready)");
        return load;
    }

    private Child child(String name, String core, List<String> command) {
        List<String> pinned = new ArrayList<>(
                List.of("env", "XDG_CONFIG_HOME=" + directory, "XDG_DATA_HOME=" + directory, "taskset", "-c", core));
        pinned.addAll(command);
        return Child.start(directory.resolve(++started + "-" + name + ".log"), pinned);
    }

    private static boolean answers(int port) {
        try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
            s.getOutputStream()
                    .write("GET /small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = s.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        backend.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.echogate.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The clients of a {@link TrainCommand}: what most requests are like, and a look at page, API and metrics. */
final class Training {
    private static final int ROUNDS = 400;
    private static final int PIPELINED = 16;
    private static final int CLIENTS = 4;
    private static final int TRIES = 20_000;
    private static final int SHORT_LIVED = 300;
    private static final List<String> PAGE = List.of(
            "/-/",
            "/-/api/v1/fleet",
            "/-/api/v1/events?after=0",
            "/-/api/v1/history?metric=service&last=1h",
            "/-/metrics",
            "/-/healthz",
            "/-/readyz");

    private final int clientPort;
    private final int adminPort;

    Training(int clientPort, int adminPort) {
        this.clientPort = clientPort;
        this.adminPort = adminPort;
    }

    void run() throws IOException {
        awaitReady();
        keptAlive();
        for (int i = 0; i < SHORT_LIVED; i++) {
            once(clientPort, "/?first=3&second=7");
        }
        for (int i = 0; i < 3; i++) {
            for (String path : PAGE) {
                once(adminPort, path);
            }
        }
    }

    private void awaitReady() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            if (once(adminPort, "/-/readyz").startsWith("HTTP/1.1 200")) {
                return;
            }
        }
        throw new IOException("nobody serves, not even on loopback");
    }

    private void keptAlive() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), clientPort));
            }
            byte[] burst = request("/?first=3&second=7", "keep-alive")
                    .repeat(PIPELINED)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int round = 0; round < ROUNDS; round++) {
                for (Socket client : clients) {
                    client.getOutputStream().write(burst);
                }
                for (Socket client : clients) {
                    answers(new BufferedInputStream(client.getInputStream()), PIPELINED);
                }
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static String request(String path, String connection) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: echogate\r\nAccept: */*\r\nConnection: "
                + connection + "\r\n\r\n";
    }

    /** Reads so many answers: each ends with the brace that closes its JSON. */
    private static void answers(InputStream in, int count) throws IOException {
        for (int left = count; left > 0; ) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the monitor closed a connection that was kept alive");
            }
            left -= b == '}' ? 1 : 0;
        }
    }

    private static String once(int port, String path) throws IOException {
        try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = new BufferedInputStream(s.getInputStream())) {
            s.getOutputStream().write(request(path, "close").getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}

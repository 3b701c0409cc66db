package io.echogate.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A machine service that misbehaves on demand, written apart from the code under test: started as {@code RogueMain NAME
 * ADDRESS PORT}, it serves well until it reads the name of a {@link Manner} on its standard input.
 */
final class RogueMain {
    /** How it answers. Unless it says otherwise, to everybody and to every request. */
    enum Manner {
        WELL,
        /** To pings only: what clients get of errors is the retry budget's affair. */
        STATUS_500,
        /** To pings only: a client cannot tell. */
        WRONG_BODY,
        /** To pings only: nothing could save a client that has begun to read. */
        ENDLESS_BODY,
        ONE_BYTE_PER_SECOND,
        /** After longer than the time-out, and before nobody listens any more. */
        LATE,
        RESET_IN_THE_HEAD,
        /** What a TLS server says to somebody who speaks plainly. */
        TLS_ALERT
    }

    private static final long LATE_MILLIS = 1200;

    private final String name;
    private volatile Manner manner = Manner.WELL;

    private RogueMain(String name) {
        this.name = name;
    }

    static void main(String[] args) throws IOException {
        RogueMain rogue = new RogueMain(args[0]);
        ServerSocket listener = new ServerSocket(Integer.parseInt(args[2]), 256, InetAddress.ofLiteral(args[1]));
        Thread.ofPlatform().daemon().start(() -> rogue.accept(listener));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            rogue.manner = Manner.valueOf(order);
        }
    }

    private void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                System.err.println("accepting failed: " + e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            for (String target = target(client.getInputStream()); target != null; ) {
                if (!answer(client, target)) {
                    return;
                }
                target = target(client.getInputStream());
            }
        } catch (IOException e) {
            // whoever asked has gone, as is everybody's right
        }
    }

    /** The target of the next request, which has no body; null at the end of the connection. */
    private static @Nullable String target(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.append((char) b);
        }
        return head.toString().split(" ", 3)[1];
    }

    /** False when the connection is to be closed. */
    private boolean answer(Socket client, String target) throws IOException {
        OutputStream out = client.getOutputStream();
        Manner now = manner;
        boolean ping = target.equals("/ping");
        String well = ping ? text("200 OK", "pong") : text("200 OK", "{\"machine\":\"" + name + "\",\"sum\":3}");
        switch (now) {
            case WELL -> send(out, well);
            case STATUS_500 -> send(out, ping ? text("500 Internal Server Error", "out of order") : well);
            case WRONG_BODY -> send(out, ping ? text("200 OK", "gnop") : well);
            case ENDLESS_BODY -> endless(out, ping, well);
            case ONE_BYTE_PER_SECOND -> drip(out, well);
            case LATE -> late(out, well);
            case RESET_IN_THE_HEAD -> {
                send(out, well.substring(0, 20));
                client.setSoLinger(true, 0);
            }
            case TLS_ALERT -> send(out, "\u0015\u0003\u0001\u0000\u0002\u0002F");
        }
        return now == Manner.WELL || now == Manner.STATUS_500 || now == Manner.WRONG_BODY;
    }

    private static String text(String status, String body) {
        return String.format(
                Locale.ROOT,
                "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
                status,
                body.length(),
                body);
    }

    private static void send(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(ISO_8859_1));
    }

    private static void endless(OutputStream out, boolean ping, String well) throws IOException {
        if (!ping) {
            send(out, well);
            return;
        }
        send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
            send(out, "400\r\n" + "pong".repeat(256) + "\r\n");
        }
    }

    private static void drip(OutputStream out, String well) throws IOException {
        for (int i = 0; i < well.length(); i++) {
            send(out, well.substring(i, i + 1));
            pass(1000);
        }
    }

    private static void late(OutputStream out, String well) throws IOException {
        pass(LATE_MILLIS);
        send(out, well);
    }

    private static void pass(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

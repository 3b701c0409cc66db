package io.echogate.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listening socket that does exactly what a test says, on 127.0.0.1 and a port of the kernel's choice. */
final class RawServer implements AutoCloseable {
    /** What is done with a connection after the request's head has been read; it is closed afterwards. */
    @FunctionalInterface
    interface Behaviour {
        void serve(RawServer server, Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Socket> fillers = new ArrayList<>();
    private final List<IOException> broken = new CopyOnWriteArrayList<>();

    private RawServer(int backlog) throws IOException {
        listener = new ServerSocket(0, backlog, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    static RawServer start(Behaviour behaviour) throws IOException {
        RawServer server = new RawServer(50);
        Thread.ofPlatform().daemon().name("raw-server").start(() -> server.acceptAll(behaviour));
        return server;
    }

    /** Listens and never accepts: what a frozen service looks like. */
    static RawServer frozen() throws IOException {
        return new RawServer(50);
    }

    /** Frozen for so long that its backlog is full: SYNs are no longer answered. */
    static RawServer full() throws IOException {
        RawServer server = new RawServer(1);
        for (int i = 0; i < 3; i++) {
            Socket s = new Socket();
            server.fillers.add(s);
            try {
                s.connect(server.listener.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException e) {
                server.broken.add(e); // full now
                return server;
            }
        }
        return server;
    }

    /** A port that nobody listens on. */
    static int closedPort() throws IOException {
        try (RawServer server = new RawServer(1)) {
            return server.port();
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll(Behaviour behaviour) {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofPlatform().daemon().name("raw-connection").start(() -> serve(behaviour, connection));
            }
        } catch (IOException e) {
            broken.add(e); // closed: how a test ends
        }
    }

    private void serve(Behaviour behaviour, Socket connection) {
        try (connection) {
            readHead(connection);
            behaviour.serve(this, connection);
        } catch (IOException e) {
            broken.add(e); // the prober went away first: what most of these tests provoke
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = connection.getInputStream().read();
            if (b < 0) {
                throw new SocketException("closed in the request");
            }
            head.append((char) b);
        }
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Waits, but no longer than the server lives. */
    void pause(long millis) throws InterruptedException {
        boolean ended = stopped.await(millis, TimeUnit.MILLISECONDS);
        if (ended) {
            throw new InterruptedException("server stopped");
        }
    }

    @Override
    public void close() throws IOException {
        stopped.countDown();
        listener.close();
        for (Socket s : fillers) {
            s.close();
        }
    }
}

package io.echogate.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A small real server whose behaviour is a script; every connection on a thread of its own. */
final class Backend implements AutoCloseable {
    /** What one request gets. */
    interface Script {
        /** Answers; false ends the connection. */
        boolean answer(Request request, OutputStream out) throws IOException;
    }

    /** One request as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String head, byte[] body, InputStream more, Socket socket) {
        String field(String name) {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return "";
        }

        String line() {
            return head.substring(0, head.indexOf('\r'));
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final boolean readBodies;
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private Backend(Script script, boolean readBodies) throws IOException {
        this.script = script;
        this.readBodies = readBodies;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static Backend start(Script script) throws IOException {
        return new Backend(script, true);
    }

    /** One that leaves bodies to its script. */
    static Backend streaming(Script script) throws IOException {
        return new Backend(script, false);
    }

    /** One that says who it is. */
    static Backend named(String name) throws IOException {
        return start((request, out) -> {
            String body = name + " " + request.line() + " " + request.body().length;
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        });
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                if (server.isClosed()) {
                    socket.close(); // a listener that is closed while it waits may still give out one
                } else {
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            for (String head = head(in); goesOn && head != null; head = goesOn ? head(in) : null) {
                Request r = new Request(head, readBodies ? body(head, in) : new byte[0], in, socket);
                requests.add(r);
                goesOn = script.answer(r, socket.getOutputStream());
            }
        } catch (IOException e) {
            requests.add(new Request(
                    "broken " + e.getMessage() + "\r\n", new byte[0], InputStream.nullInputStream(), socket));
        } finally {
            connections.remove(socket);
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder b = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            b.append((char) c);
            if (b.length() >= 4 && b.substring(b.length() - 4).equals("\r\n\r\n")) {
                return b.toString();
            }
        }
        return null;
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        Request r = new Request(head, new byte[0], in, new Socket());
        if (r.field("Transfer-Encoding").equals("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int n = size(in); n > 0; n = size(in)) {
                all.write(in.readNBytes(n));
                in.readNBytes(2);
            }
            in.readNBytes(2);
            return all.toByteArray();
        }
        String length = r.field("Content-Length");
        return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    }

    private static int size(InputStream in) throws IOException {
        StringBuilder b = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("in the middle of a chunk's size");
            }
            b.append((char) c);
        }
        return Integer.parseInt(b.toString().trim(), 16);
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    /** Ends it in the middle of whatever it does. */
    void kill() throws IOException {
        server.close();
        for (Socket s : connections) {
            s.close();
        }
    }
}

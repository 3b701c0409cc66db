package io.echogate.lab;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One client connection on a blocking socket, written apart from the code under test. Confined to one thread at a time. */
final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3000;
    private static final int READ_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final String host;

    private Wire(InetSocketAddress address) {
        this.host = address.getHostString() + ":" + address.getPort();
    }

    static Wire connect(InetSocketAddress address) throws IOException {
        Wire wire = new Wire(address);
        wire.socket.setTcpNoDelay(true);
        wire.socket.setSoTimeout(READ_MILLIS);
        wire.socket.connect(address, CONNECT_MILLIS);
        return wire;
    }

    /** Our own. */
    int port() {
        return socket.getLocalPort();
    }

    /** @param fields lower-case names */
    record Answer(int status, Map<String, String> fields, String body) {
        boolean keepsConnection() {
            return !"close".equalsIgnoreCase(fields.get("connection"));
        }
    }

    Answer get(String target, boolean keep) throws IOException {
        String head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: application/json\r\n"
                + (keep ? "" : "Connection: close\r\n") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in, "the answer's first byte").split(" ", 3)[1]);
        Map<String, String> fields = new HashMap<>();
        for (String field = line(in, "the head's end"); !field.isEmpty(); field = line(in, "the head's end")) {
            int colon = field.indexOf(':');
            fields.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        return new Answer(status, fields, new String(body(in, fields), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> fields) throws IOException {
        if ("chunked".equalsIgnoreCase(fields.get("transfer-encoding"))) {
            return chunks(in);
        }
        String length = fields.get("content-length");
        return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in, "the body's end").strip(), 16);
            whole.write(exactly(in, size));
            line(in, "the body's end");
            if (size == 0) {
                return whole.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed before the body's end");
        }
        return bytes;
    }

    private static String line(InputStream in, String missing) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed before " + missing);
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.echogate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When a proxy knew that a member is down, and what it said of it.
 *
 * @param at microseconds of the system's clock
 */
record Notice(long at, String what) {
    /** How a proxy says what it knows. */
    enum Source {
        /** Echogate's events, each with its time: asked for once, at the end. */
        EVENTS,
        /** HAProxy's stats socket, asked every 50 ms meanwhile. */
        STATS,
        /** Nothing says when: nginx has no such thing, Caddy counts without times. */
        NONE
    }

    /** The first event that calls the member down or broken, at that time or later. */
    static Optional<Notice> inEvents(String json, String member, long from) {
        JsonNode events = JsonMapper.shared().readTree(json).path("events");
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> e.path("member").asString("").equals(member))
                .filter(e -> List.of("DOWN", "BROKEN").contains(e.path("to").asString("")))
                .map(e ->
                        new Notice(micros(e.path("at").asString()), e.path("to").asString() + " " + cause(e)))
                .filter(n -> n.at >= from - 1000) // events have milliseconds
                .findFirst();
    }

    private static String cause(JsonNode event) {
        return event.path("cause").asString("");
    }

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    /** What HAProxy says of the member now, if that is that it is down. */
    static Optional<Notice> onSocket(Path socket, String member) {
        for (String line : stats(socket).lines().toList()) {
            String[] column = line.split(",", -1);
            if (column.length > 36 && column[1].equals(member) && column[17].startsWith("DOWN")) {
                return Optional.of(new Notice(Timeline.now(), "DOWN " + column[36].replace("* ", "")));
            }
        }
        return Optional.empty();
    }

    private static String stats(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("show stat members 4 -1\n".getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

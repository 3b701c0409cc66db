package io.echogate.bench;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the first bytes of messages say, counted. Confined by its owner. */
final class Arrivals {
    private static final Pattern CHANGE =
            Pattern.compile("\"type\":\"change\",\"epoch\":\\d+,\"prev\":(\\d+),\"seq\":(\\d+),"
                    + "\"at\":\"([^\"]+)\",\"now\":\"[^\"]+\",\"isolated\":\\w+,\"events\":\\[(.)");
    private static final Pattern SNAPSHOT = Pattern.compile("\"epoch\":\\d+,\"seq\":(\\d+)");

    private final Millis states = Millis.none();
    private final Millis others = Millis.none();
    private long bytes;
    private long snapshots;
    private long gaps;
    private long closed;
    private String last = "";
    private Seen lastSeen = new Seen(0, 0, 0, false);

    private record Seen(long prev, long seq, long at, boolean events) {}

    /**
     * One more message.
     *
     * @param head its first characters
     * @param known the number that its viewer is at
     * @return the number that it is at then
     */
    long message(String head, long length, long known, long nowMillis) {
        bytes += length;
        if (head.startsWith("{\"type\":\"beat\"")) {
            return known;
        }
        if (!head.startsWith("{\"type\":\"change\"")) {
            snapshots++;
            Matcher m = SNAPSHOT.matcher(head);
            return m.find() ? Long.parseLong(m.group(1)) : known;
        }
        Seen seen = seen(head);
        gaps += seen.prev() == known ? 0 : 1;
        (seen.events() ? states : others).add(nowMillis - seen.at());
        return seen.seq();
    }

    /** All viewers are sent the same: it is read once. */
    private Seen seen(String head) {
        if (!head.equals(last)) {
            Matcher m = CHANGE.matcher(head);
            if (!m.find()) {
                throw new IllegalStateException("no change: " + head);
            }
            lastSeen = new Seen(
                    Long.parseLong(m.group(1)),
                    Long.parseLong(m.group(2)),
                    Instant.parse(m.group(3)).toEpochMilli(),
                    m.group(4).equals("{"));
            last = head;
        }
        return lastSeen;
    }

    void closed() {
        closed++;
    }

    Viewers.Figures figures(long nanos) {
        return new Viewers.Figures(nanos, states.copy(), others.copy(), bytes, snapshots, gaps, closed);
    }
}

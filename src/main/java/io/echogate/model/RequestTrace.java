package io.echogate.model;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proof of one request: who was tried, how each attempt ended, and how long everything took. Texts are as they came,
 * cut and undecoded, one character per byte. Durations are nanoseconds, {@link #NONE} where it did not come to that.
 *
 * @param id stands in the answer's {@code Echogate-Request}; unique for a run of the monitor
 * @param endedNanos monotonic time of its end
 * @param client the client's address
 * @param path of the target, without its query, which may hold secrets
 * @param status of the final head that went to the client; 0 when none did
 * @param result what became of it
 * @param member who answered; null when we did, or nobody
 * @param took from the head being read to the end
 * @param received bytes read from the client, head and framing included
 * @param sent bytes handed to the client's socket, head and framing included
 * @param tries in the order in which they began
 */
public record RequestTrace(
        long id,
        long endedNanos,
        String client,
        String method,
        String path,
        int status,
        Result result,
        @Nullable String member,
        long took,
        long received,
        long sent,
        List<Try> tries) {
    /** It did not come to that. */
    public static final long NONE = -1;

    /** What became of a request. */
    public enum Result {
        /** By the first member that was asked, whatever the status. */
        ANSWERED,
        /** By another member after the first had failed or was too slow. */
        ELSEWHERE,
        /** By us: nobody serves, a limit, or what the client sent is at fault. */
        REFUSED,
        /** No member gave a whole answer. */
        FAILED,
        /** The client went away before it had the whole answer. */
        ABORTED
    }

    /**
     * One attempt on one member.
     *
     * @param began since the request's head was read
     * @param connected how long connecting took; {@link #NONE} on a kept connection
     * @param firstByte since the request was sent
     * @param took from its beginning to its end
     * @param reused by a kept connection
     * @param hedge beside another attempt that was still waited for
     * @param failure null when its answer was passed on whole
     */
    public record Try(
            String member,
            long began,
            long connected,
            long firstByte,
            long took,
            boolean reused,
            boolean hedge,
            Failure.@Nullable Kind failure) {}

    /** The id as it stands in header fields and logs: 16 hexadecimal digits. */
    public static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}

package io.echogate.relay;

import io.echogate.http.Fault;
import io.echogate.http.FieldName;
import io.echogate.http.Fields;
import io.echogate.http.RequestHead;
import io.echogate.model.Access;
import io.echogate.model.Member;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop tells the access log: a share of all requests, spread evenly. Long texts are cut, so that what
 * waits to be written is bounded. Confined to that loop.
 */
final class AccessTap {
    /** Characters of a target that are kept. */
    static final int TARGET = 2_048;

    /** Characters of any other field that are kept. */
    static final int FIELD = 512;

    private static final int ALL = 100;

    private final Consumer<Access> log;
    private final int percent;
    private int due;

    AccessTap(Consumer<Access> log, int percent) {
        this.log = log;
        this.percent = percent;
    }

    /** What a connection counts of one request. */
    record Sums(long id, String client, int attempts, long received, long sent) {}

    /** A request that was understood has ended. */
    void finished(Sums sums, @Nullable Member member, RequestHead head, int status, long took, long now) {
        if (!taken()) {
            return;
        }
        Fields f = head.fields();
        log.accept(new Access(
                now,
                sums.id(),
                sums.client(),
                head.method(),
                cut(head.path(), TARGET),
                head.minor(),
                value(f, f.first(FieldName.HOST)),
                value(f, f.find("referer")),
                value(f, f.find("user-agent")),
                status,
                member == null ? null : member.name(),
                sums.attempts(),
                sums.received(),
                sums.sent(),
                took));
    }

    /** What came was no request. */
    void refused(Sums sums, Fault why, long now) {
        if (taken()) {
            log.accept(new Access(
                    now,
                    0,
                    sums.client(),
                    "",
                    "",
                    1,
                    null,
                    null,
                    null,
                    why.status(),
                    null,
                    0,
                    sums.received(),
                    sums.sent(),
                    0));
        }
    }

    private boolean taken() {
        due += percent;
        if (due < ALL) {
            return false;
        }
        due -= ALL;
        return true;
    }

    private static @Nullable String value(Fields f, int field) {
        if (field < 0) {
            return null;
        }
        int from = f.valueStart(field);
        int length = Math.min(FIELD, f.valueEnd(field) - from);
        return new String(f.bytes(), from, length, StandardCharsets.ISO_8859_1);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}

package io.echogate.relay;

import io.echogate.exchange.Tries;
import io.echogate.http.Fault;
import io.echogate.http.RequestHead;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.RequestTrace;
import org.jspecify.annotations.Nullable;

/** What the client connection that is being served adds to its loop's books, and what it tells the access log. Confined to that loop. */
final class Ledger {
    private final Books books;
    private final @Nullable AccessTap access;
    private final Account account;
    private String client = "";
    private long number;
    private final Tracing tracing;
    private final Rehearsal rehearsal;
    private boolean running;
    private boolean played;
    private int attempts;
    private long received;
    private long sent;

    Ledger(Lane lane) {
        this.tracing = new Tracing(lane.traces());
        this.account = lane.account();
        this.books = lane.books();
        this.access = lane.access();
        this.rehearsal = lane.rehearsal();
    }

    /**
     * Goes over to another client connection.
     *
     * @param from its address as text
     * @param connection its number, unique within the relay
     */
    void begin(String from, long connection) {
        client = from;
        number = connection;
        tracing.client(from);
        clear();
    }

    void received(int bytes) {
        books.bytesUp.add(bytes);
        received += bytes;
    }

    void sent(int bytes) {
        books.bytesDown.add(bytes);
        sent += bytes;
    }

    Tracing tracing() {
        return tracing;
    }

    void begun(long id) {
        tracing.begun(id);
        books.inFlight.increment();
        running = true;
    }

    void attempted(Member member, Failure.@Nullable Kind why) {
        books.attempted(member, why);
        account.attempted(member, why, number);
        attempts++;
    }

    void finished(@Nullable Member member, RequestHead head, int status, long took, long now, Tries tries) {
        if (tracing.shows()) {
            books.shown(status);
        } else {
            books.finished(member, status, took);
        }
        if (played) {
            played = false;
            rehearsal.met(member != null && status > 0, took);
        }
        running = false;
        if (tries.blame()) {
            boolean elsewhere = tries.result(member, status) == RequestTrace.Result.ELSEWHERE;
            tries.failedAt(m -> books.met(m, elsewhere));
        }
        if (member != null && Failure.error(status)) {
            account.error(member, number);
        }
        if (tracing.keeps()) {
            tracing.finished(member, head, status, took, now, tries, received, sent);
        }
        if (access != null) {
            access.finished(sums(), member, head, status, took, now);
        }
        clear();
    }

    /** The request that runs meets a failure that is played. */
    void played() {
        played = true;
    }

    void refused(Fault why, long now) {
        books.refused(why);
        if (access != null && !running) {
            access.refused(sums(), why, now);
            clear();
        }
    }

    private AccessTap.Sums sums() {
        return new AccessTap.Sums(tracing.id(), client, attempts, received, sent);
    }

    private void clear() {
        attempts = 0;
        received = 0;
        sent = 0;
    }
}

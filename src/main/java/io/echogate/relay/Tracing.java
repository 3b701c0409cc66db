package io.echogate.relay;

import io.echogate.exchange.Tries;
import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import io.echogate.model.Member;
import io.echogate.model.RequestTrace;
import org.jspecify.annotations.Nullable;

/** Puts each request of the client connection that is being served into its loop's ring when it ends. Confined to that loop. */
final class Tracing {
    /** Characters of a path that are kept. */
    private static final int PATH = 256;

    private final Traces traces;
    private String client = "";
    private long id;
    private boolean page;

    Tracing(Traces traces) {
        this.traces = traces;
    }

    /** Whose requests they are. */
    void client(String from) {
        client = from;
    }

    void begun(long number) {
        id = number;
        page = false;
    }

    /** Of the request that runs. */
    long id() {
        return id;
    }

    /** The page is asked: that is no request of a client's to a member. */
    void page() {
        page = true;
    }

    /** True while the page is what answers. */
    boolean shows() {
        return page;
    }

    /** True when what ends is kept. */
    boolean keeps() {
        return !page && traces.keeps();
    }

    void finished(
            @Nullable Member member,
            RequestHead head,
            int status,
            long took,
            long now,
            Tries tries,
            long received,
            long sent) {
        traces.add(new RequestTrace(
                id,
                now,
                client,
                head.verb() == Verb.OTHER ? head.method() : head.verb().name(),
                path(head.path()),
                status,
                tries.result(member, status),
                member == null ? null : member.name(),
                took,
                received,
                sent,
                tries.list()));
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return target.substring(0, Math.min(PATH, query < 0 ? target.length() : query));
    }
}

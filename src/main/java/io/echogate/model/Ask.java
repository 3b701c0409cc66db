package io.echogate.model;

/** How somebody is asked, and with it whether clients' requests may ever go there. */
public enum Ask {
    /** {@code GET /ping}, and by ICMP: a member of the pool, the only ones that requests go to. */
    PING,
    /** {@code GET} of a path of its own, and by ICMP; only watched. */
    HTTP,
    /** By the mere establishing of a connection, and by ICMP; only watched. */
    TCP,
    /** By ICMP alone, which decides; only watched. */
    ICMP;

    /** Judged, shown and remembered like any other, and never given a request. */
    public boolean onlyWatches() {
        return this != PING;
    }
}

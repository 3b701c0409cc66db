package io.echogate.model;

/** Operational state of a member, as the judge sees it. What the operator wants is an {@link Intent}, kept apart. */
public enum State {
    /** Not yet asked, or asked and not yet answered for the first time. Never routed to. */
    UNKNOWN,
    /** Answers as expected. */
    UP,
    /** First doubt: gets no new requests while another member is {@link #UP}. */
    SUSPECT,
    /** Convicted. Gets no requests; is asked on. */
    DOWN,
    /** Answers again after {@link #DOWN} and is not yet trusted. */
    RECOVERING
}

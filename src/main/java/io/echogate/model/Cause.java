package io.echogate.model;

/** Why a member is not well. Every verdict but a good one has exactly one; the evidence names the rest. */
public enum Cause {
    NONE("well"),
    HOST_SILENT("machine off or cut off"),
    PORT_CLOSED("machine answers, nobody listens on the port"),
    PORT_SILENT("machine answers, the port does not: a filter"),
    FROZEN("accepts connections and never answers"),
    SLOW("answers, but after the time-out"),
    WRONG_ANSWER("answers something else than expected"),
    BROKEN("resets or cuts its answers short"),
    TLS("the TLS handshake fails"),
    UNRESOLVED("its name does not resolve"),
    ISOLATED("it is us: this monitor is cut off");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    /** The cause in words for people, lower case, no full stop. */
    public String words() {
        return words;
    }
}

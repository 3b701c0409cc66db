package io.echogate.exchange;

/** What is still to come from a client. */
public enum Expected {
    /** A request has begun, and more of it has to come. */
    REST,

    /** Perhaps another request. */
    NEXT,

    /** Nothing: its last request is here, and its connection ends with the answer. */
    NOTHING
}

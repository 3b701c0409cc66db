package io.echogate.http;

/** How far reading a head or a body has come. */
public enum Progress {
    /** More bytes are needed. */
    MORE,
    /** Complete. */
    DONE,
    /** Refused for good: nothing that follows on this connection can be understood. */
    BAD
}

package io.echogate.model;

/** What the operator wants of a member; independent of its {@link State}. */
public enum Intent {
    /** Take requests when well. */
    READY,
    /** Finish what runs, take nothing new. */
    DRAIN,
    /** Out of service on purpose. */
    MAINTENANCE
}

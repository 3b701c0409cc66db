package io.echogate.model;

/** What was asked, and by whom. Questions are numbered per member and kind. */
public enum Kind {
    /** ICMP echo request to the machine. */
    ICMP,
    /** {@code GET /ping} to the service. */
    HTTP,
    /** A client's own request, seen by the relay: passive evidence. Raises doubt, never convicts by itself. */
    TRAFFIC
}

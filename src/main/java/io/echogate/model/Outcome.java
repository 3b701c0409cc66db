package io.echogate.model;

/** How one question ended, or that it is overdue. */
public enum Outcome {
    /** The expected answer within the time-out. */
    ANSWERED,
    /** Interim: no answer yet, past the point of doubt. The final echo of the same question follows. */
    OVERDUE,
    /** Addition to an earlier {@link #SILENT} or {@link #STALLED}: the expected answer came after the time-out. */
    LATE,
    /** Nothing came back in time although a connection stood (HTTP) or the request left (ICMP). */
    SILENT,
    /** The SYN was not answered in time. */
    CONNECT_SILENT,
    /** The SYN was answered with a reset. */
    REFUSED,
    /** The kernel or a router says that there is no way to the host (EHOSTUNREACH, EHOSTDOWN). */
    UNREACHABLE,
    /** No route to the network (ENETUNREACH, ENETDOWN, or a router's word): rather the way than the member. */
    NO_ROUTE,
    /** Reset, or closed before the whole answer had come. */
    RESET,
    /** An answer with another status or body than expected, or not HTTP at all. */
    WRONG,
    /** The answer began and was not complete at the time-out. */
    STALLED,
    /** The name does not resolve. */
    UNRESOLVED,
    /** We could not ask (no descriptors, no buffers): says nothing about the member. */
    UNSENT;

    /** True when this outcome is evidence against the member, whatever its weight. */
    public boolean failed() {
        return switch (this) {
            case ANSWERED, LATE, OVERDUE, UNSENT -> false;
            case SILENT, CONNECT_SILENT, REFUSED, UNREACHABLE, NO_ROUTE, RESET, WRONG, STALLED, UNRESOLVED -> true;
        };
    }

    /** True when the question is decided by this outcome: anything but {@link #OVERDUE} and {@link #LATE}. */
    public boolean closes() {
        return this != OVERDUE && this != LATE;
    }

    /** True when the failure is an absence: it convicts early only if a second fact agrees. */
    public boolean silence() {
        return switch (this) {
            case SILENT, CONNECT_SILENT, UNREACHABLE, NO_ROUTE -> true;
            case ANSWERED, LATE, OVERDUE, UNSENT, REFUSED, RESET, WRONG, STALLED, UNRESOLVED -> false;
        };
    }
}

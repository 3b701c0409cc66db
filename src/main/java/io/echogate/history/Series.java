package io.echogate.history;

import io.echogate.meter.Takings;
import io.echogate.model.Outcome;

/** What is counted: of each member, and of the monitor itself. */
public enum Series {
    /** Its machine, by ICMP. */
    HOST,
    /** Its service, by pings. */
    SERVICE,
    /** Clients' requests to it. */
    REQUESTS,
    /** How much later than planned the monitor's own event loops came to their ticks. */
    LAG;

    private static final Series[] ALL = values();
    private static final int BITS = 2;

    /** Codes of a request's end: its status class, 0 for none; then these two. */
    static final int ELSEWHERE = Takings.ELSEWHERE;

    static final int FAILED = Takings.FAILED;

    /** The number of the monitor itself, in seconds and in the store: no member's in the store. */
    static final int MONITOR = 0;

    /** False: of the monitor itself. */
    public boolean ofMembers() {
        return this != LAG;
    }

    /** What the store knows it by. Stored: never to be changed. */
    @SuppressWarnings("EnumOrdinal") // stored; the order of the constants is part of the format
    int id(int member) {
        return member << BITS | ordinal();
    }

    static int member(int id) {
        return id >>> BITS;
    }

    static Series of(int id) {
        return ALL[id & (1 << BITS) - 1];
    }

    /** What the store knows an outcome by. Stored: never to be changed. */
    static int code(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> 0;
            case SILENT -> 1;
            case CONNECT_SILENT -> 2;
            case REFUSED -> 3;
            case UNREACHABLE -> 4;
            case NO_ROUTE -> 5;
            case RESET -> 6;
            case WRONG -> 7;
            case STALLED -> 8;
            case UNRESOLVED -> 9;
            case UNSENT -> 10;
            case LATE -> 11;
            case OVERDUE -> 12;
        };
    }
}

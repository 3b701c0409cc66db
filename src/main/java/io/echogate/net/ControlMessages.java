package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** Finds one kind of control message (cmsg(3), 64-bit Linux) among those that came with a packet. */
final class ControlMessages {
    static final int SOL_SOCKET = 1;
    static final int TIMESTAMPNS = 35;
    static final int RXQ_OVFL = 40;

    private static final int HEADER = 16;

    private ControlMessages() {}

    /** Where the content of the first of that level and type begins, or −1. */
    static long find(MemorySegment control, long from, long length, int level, int type) {
        long at = from;
        long end = from + length;
        while (at + HEADER <= end) {
            long size = control.get(JAVA_LONG, at);
            if (size < HEADER || size > end - at) {
                return -1;
            }
            if (control.get(JAVA_INT, at + 8) == level && control.get(JAVA_INT, at + 12) == type) {
                return at + HEADER;
            }
            at += (size + 7) & ~7;
        }
        return -1;
    }
}

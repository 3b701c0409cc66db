package io.echogate.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A classic BPF program that lets a raw ICMP socket have only answers to one identifier. Without it every raw socket of
 * the host is handed a copy of every answer.
 */
final class IdFilter {
    private static final int INSTRUCTION = 8;
    private static final int PROGRAM = 16;
    private static final int ID_AT = 4;
    private static final int ACCEPT = -1;

    /** ldxb 4*([k]&0xf): the length of the IPv4 header. */
    private static final int LDX_IP_HEADER = 0xb1;

    /** ldh [x+k]. */
    private static final int LDH_INDEXED = 0x48;

    /** ldh [k]. */
    private static final int LDH = 0x28;

    /** jeq #k. */
    private static final int JEQ = 0x15;

    /** ret #k. */
    private static final int RET = 0x06;

    private IdFilter() {}

    /** A {@code struct sock_fprog}. IPv4 packets begin with their IP header, IPv6 packets with the ICMPv6 header. */
    static MemorySegment program(Arena arena, IcmpFamily family, int id) {
        MemorySegment code = arena.allocate(5L * INSTRUCTION, 8);
        int n = 0;
        if (family == IcmpFamily.V4) {
            n = put(code, n, LDX_IP_HEADER, 0, 0, 0);
            n = put(code, n, LDH_INDEXED, 0, 0, ID_AT);
        } else {
            n = put(code, n, LDH, 0, 0, ID_AT);
        }
        n = put(code, n, JEQ, 0, 1, id);
        n = put(code, n, RET, 0, 0, ACCEPT);
        n = put(code, n, RET, 0, 0, 0);
        MemorySegment program = arena.allocate(PROGRAM, 8);
        program.set(JAVA_SHORT, 0, (short) n);
        program.set(ADDRESS, 8, code);
        return program;
    }

    private static int put(MemorySegment code, int n, int op, int jumpTrue, int jumpFalse, int k) {
        long at = (long) n * INSTRUCTION;
        code.set(JAVA_SHORT, at, (short) op);
        code.set(JAVA_BYTE, at + 2, (byte) jumpTrue);
        code.set(JAVA_BYTE, at + 3, (byte) jumpFalse);
        code.set(JAVA_INT, at + 4, k);
        return n + 1;
    }
}

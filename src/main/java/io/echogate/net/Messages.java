package io.echogate.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr} (recvmmsg(2), 64-bit Linux), each with its own room for an address, one block of
 * data and control messages. Made once and used again and again.
 */
final class Messages {
    /** Size of one {@code struct mmsghdr}: a {@code struct msghdr} of 56 bytes, then the length of what came. */
    static final int HEADER = 64;

    private static final int NAME_LENGTH_AT = 8;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int LENGTH_AT = 56;
    private static final int IOVEC = 16;

    final MemorySegment headers;
    final MemorySegment names;
    final MemorySegment data;
    final MemorySegment control;
    private final int nameSize;
    private final int dataSize;
    private final int controlSize;

    /** Sizes are per message, multiples of 8; an address or control size of 0 leaves that part out. */
    Messages(Arena arena, int count, int nameSize, int dataSize, int controlSize) {
        this.nameSize = nameSize;
        this.dataSize = dataSize;
        this.controlSize = controlSize;
        headers = arena.allocate((long) count * HEADER, 8);
        names = arena.allocate((long) count * nameSize + 8, 8);
        data = arena.allocate((long) count * dataSize, 8);
        control = arena.allocate((long) count * controlSize + 8, 8);
        MemorySegment vectors = arena.allocate((long) count * IOVEC, 8);
        for (int i = 0; i < count; i++) {
            long at = (long) i * HEADER;
            MemorySegment vector = vectors.asSlice((long) i * IOVEC, IOVEC);
            vector.set(ADDRESS, 0, data.asSlice(dataAt(i), dataSize));
            vector.set(JAVA_LONG, 8, dataSize);
            headers.set(ADDRESS, at, nameSize == 0 ? MemorySegment.NULL : names.asSlice(nameAt(i), nameSize));
            headers.set(JAVA_INT, at + NAME_LENGTH_AT, nameSize);
            headers.set(ADDRESS, at + 16, vector);
            headers.set(JAVA_LONG, at + 24, 1);
            headers.set(ADDRESS, at + 32, controlSize == 0 ? MemorySegment.NULL : control.asSlice(controlAt(i)));
            headers.set(JAVA_LONG, at + CONTROL_LENGTH_AT, controlSize);
        }
    }

    long nameAt(int i) {
        return (long) i * nameSize;
    }

    long dataAt(int i) {
        return (long) i * dataSize;
    }

    long controlAt(int i) {
        return (long) i * controlSize;
    }

    MemorySegment from(int i) {
        return headers.asSlice((long) i * HEADER);
    }

    void nameLength(int i, int bytes) {
        headers.set(JAVA_INT, (long) i * HEADER + NAME_LENGTH_AT, bytes);
    }

    /** Makes the first so many ready to be received into again: the kernel has overwritten the lengths. */
    void clear(int count) {
        for (int i = 0; i < count; i++) {
            headers.set(JAVA_LONG, (long) i * HEADER + CONTROL_LENGTH_AT, controlSize);
            nameLength(i, nameSize);
        }
    }

    /** Bytes received into that one, by recvmmsg. */
    int length(int i) {
        return headers.get(JAVA_INT, (long) i * HEADER + LENGTH_AT);
    }

    long controlLength(int i) {
        return headers.get(JAVA_LONG, (long) i * HEADER + CONTROL_LENGTH_AT);
    }
}

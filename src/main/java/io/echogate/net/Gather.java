package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;

/** Sends several buffers by one call: room to name them to the kernel, shared by all streams of a loop. Confined to it. */
final class Gather {
    private static final int MOST = 64;
    private static final long VECTOR_SIZE = 16;
    private static final int HEADER_SIZE = 56;
    private static final int VECTORS_AT = 16;
    private static final int COUNT_AT = 24;

    private final StreamCalls calls;
    private final MemorySegment header;
    private final MemorySegment vectors;

    Gather(Arena memory, StreamCalls calls) {
        this.calls = calls;
        this.header = memory.allocate(HEADER_SIZE, 8);
        this.vectors = memory.allocate(MOST * VECTOR_SIZE, 8);
        header.set(JAVA_LONG, VECTORS_AT, vectors.address());
    }

    /** How many bytes were taken, or the error number negated. */
    int send(int fd, ByteBuf first, Iterator<ByteBuf> more) {
        put(0, first);
        int count = 1;
        while (count < MOST && more.hasNext()) {
            put(count++, more.next());
        }
        header.set(JAVA_LONG, COUNT_AT, count);
        return calls.sendmsg(fd, header);
    }

    private void put(int i, ByteBuf bytes) {
        vectors.set(JAVA_LONG, i * VECTOR_SIZE, bytes.memoryAddress() + bytes.readerIndex());
        vectors.set(JAVA_LONG, i * VECTOR_SIZE + Long.BYTES, bytes.readableBytes());
    }
}

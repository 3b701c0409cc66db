package io.echogate.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that the streams of one loop receive into: one of each size for all of them, so that a stream that waits
 * holds none. One of which a part was kept by somebody is given up to them. Confined to the loop.
 */
final class Inboxes {
    /** An answer of 16 KiB and its head fit into the first. */
    private static final int[] SIZES = {32 << 10, 64 << 10, 256 << 10};

    static final int SMALLEST = 0;
    static final int LARGEST = SIZES.length - 1;

    private final @Nullable ByteBuf[] boxes = new @Nullable ByteBuf[SIZES.length];

    /** An empty buffer with a memory address, valid until the next call. */
    ByteBuf box(int size) {
        ByteBuf box = boxes[size];
        if (box == null || box.refCnt() != 1) {
            if (box != null) {
                box.release();
            }
            box = ByteBufAllocator.DEFAULT.directBuffer(SIZES[size], SIZES[size]);
            boxes[size] = box;
        }
        return box.clear();
    }

    /** The size for the next read after one of so many bytes: streams grow by being filled and shrink by lasting little. */
    static int next(int size, int bytes) {
        if (bytes == SIZES[size]) {
            return Math.min(size + 1, LARGEST);
        }
        return size > SMALLEST && bytes <= SIZES[size - 1] ? size - 1 : size;
    }

    void close() {
        for (int i = 0; i < boxes.length; i++) {
            ByteBuf box = boxes[i];
            if (box != null) {
                box.release();
                boxes[i] = null;
            }
        }
    }
}

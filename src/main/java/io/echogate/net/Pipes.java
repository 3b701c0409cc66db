package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of one loop through which bytes move from socket to socket (splice(2)). A stream has one only while there is
 * something in it: a few serve all. Confined to the loop.
 */
final class Pipes {
    /** What a burst of slow readers has left beyond this is let go. */
    private static final int MOST_FREE = 16;

    private final StreamCalls calls;
    private final MemorySegment ends;
    private final Deque<Pipe> free = new ArrayDeque<>();

    Pipes(Arena memory, StreamCalls calls) {
        this.calls = calls;
        this.ends = memory.allocate(2L * Integer.BYTES, 4);
    }

    /** An empty one; null when none is to be had. */
    @Nullable
    Pipe take() {
        Pipe p = free.poll();
        return p == null ? made() : p;
    }

    /** For want of descriptors, or of pages that one user's pipes may hold (pipe(7)), copying is better than a small one. */
    private @Nullable Pipe made() {
        if (calls.pipe(ends) < 0) {
            return null;
        }
        int in = ends.get(JAVA_INT, Integer.BYTES);
        Pipe p = new Pipe(calls, ends.get(JAVA_INT, 0), in);
        if (calls.pipeSize(in, Pipe.SIZE) < 0) {
            p.close();
            return null;
        }
        return p;
    }

    /** Is empty, and of no more use to whoever took it. */
    void give(Pipe p) {
        if (free.size() < MOST_FREE) {
            free.push(p);
        } else {
            p.close();
        }
    }

    void close() {
        free.forEach(Pipe::close);
        free.clear();
    }
}

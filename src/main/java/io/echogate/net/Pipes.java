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

    /** An empty one; null when no descriptor is to be had. */
    @Nullable
    Pipe take() {
        Pipe p = free.poll();
        return p == null ? made() : p;
    }

    /** One that the kernel does not let grow (pipe(7), pipe-user-pages-soft) moves less at once. */
    private @Nullable Pipe made() {
        if (calls.pipe(ends) < 0) {
            return null;
        }
        Pipe p = new Pipe(calls, ends.get(JAVA_INT, 0), ends.get(JAVA_INT, Integer.BYTES));
        calls.pipeSize(ends.get(JAVA_INT, Integer.BYTES), Pipe.SIZE);
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

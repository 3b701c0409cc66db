package io.echogate.clock;

import java.util.concurrent.locks.LockSupport;

/** Waiting, for threads that may: never an event loop. */
@FunctionalInterface
public interface Pause {
    /** Returns after that time, or sooner when the thread is interrupted. */
    void nanos(long nanos);

    /** A pause of real time. */
    static Pause real() {
        return nanos -> {
            long end = System.nanoTime() + nanos;
            for (long left = nanos;
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
    }
}

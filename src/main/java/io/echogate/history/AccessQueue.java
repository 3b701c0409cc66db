package io.echogate.history;

import io.echogate.meter.Tally;
import io.echogate.model.Access;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits between one event loop and the access log's thread: a ring with one writer and one reader, without a lock.
 * What does not fit is counted and forgotten: a slow disk must not slow a request.
 */
final class AccessQueue implements Consumer<Access> {
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Access[].class);

    private final @Nullable Access[] slots;
    private final Tally dropped;
    private int next; // the loop's
    private int oldest; // the reader's

    /** @param capacity a power of two */
    AccessQueue(int capacity, Tally dropped) {
        this.slots = new Access[capacity];
        this.dropped = dropped;
    }

    /** The loop only. */
    @Override
    public void accept(Access access) {
        int slot = next & slots.length - 1;
        if (SLOTS.getAcquire(slots, slot) != null) {
            dropped.increment();
            return;
        }
        SLOTS.setRelease(slots, slot, access);
        next++;
    }

    /** The reader only; null when nothing waits. */
    @Nullable
    Access poll() {
        int slot = oldest & slots.length - 1;
        Access access = (Access) SLOTS.getAcquire(slots, slot);
        if (access != null) {
            SLOTS.setRelease(slots, slot, (Access) null);
            oldest++;
        }
        return access;
    }
}

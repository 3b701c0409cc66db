package io.echogate.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One number with one writing thread and any number of readers. Writing costs a plain add: no lock, no fence. */
public final class Tally {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Tally.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    Tally() {}

    /** Writer only. */
    public void add(long n) {
        VALUE.setOpaque(this, value + n);
    }

    /** Writer only. */
    public void increment() {
        add(1);
    }

    /** Writer only. */
    public void set(long n) {
        VALUE.setOpaque(this, n);
    }

    /** Any thread; may be a moment old. */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}

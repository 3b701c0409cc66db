package io.echogate.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is still to be stored, in order, within a bound of memory. When it is full the oldest figures go first, then the
 * oldest of all else; both are counted. Thread-safe: one puts in, one takes out; neither waits for the disk in here.
 */
final class Backlog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Deque<Note> notes = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;
    private long dropped;
    private int taken;
    private boolean closed;

    Backlog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void add(Note note) {
        lock.lock();
        try {
            notes.addLast(note);
            bytes += note.bytes();
            while (bytes > mostBytes && notes.size() > taken + 1) {
                drop();
            }
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One of those that nobody is writing right now. */
    private void drop() {
        List<Note> writing = new ArrayList<>(taken);
        for (int i = 0; i < taken; i++) {
            writing.add(notes.removeFirst());
        }
        Note victim =
                notes.stream().filter(Note.Second.class::isInstance).findFirst().orElse(notes.getFirst());
        notes.removeFirstOccurrence(victim);
        bytes -= victim.bytes();
        dropped++;
        if (victim instanceof Note.Asked asked) {
            asked.then().accept("there is no room for what waits to be stored");
        }
        for (int i = writing.size() - 1; i >= 0; i--) {
            notes.addFirst(writing.get(i));
        }
    }

    /** The oldest, up to that many; they stay until {@link #written}. Waits a while for the first one. */
    List<Note> peek(int most, long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (notes.isEmpty() && left > 0 && !closed) {
                left = some.awaitNanos(left);
            }
            List<Note> oldest = notes.stream().limit(most).toList();
            taken = oldest.size();
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    /** What was peeked at last is stored. */
    void written() {
        lock.lock();
        try {
            for (; taken > 0; taken--) {
                bytes -= notes.removeFirst().bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was peeked at last is not stored, and waits on; whoever asked about it no longer does. */
    void unwritten(String why) {
        lock.lock();
        try {
            taken = 0;
            List<Note> asked =
                    notes.stream().filter(Note.Asked.class::isInstance).toList();
            notes.removeAll(asked);
            asked.forEach(note -> bytes -= note.bytes());
            asked.forEach(note -> ((Note.Asked) note).then().accept(why));
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return notes.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits in here any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            some.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package io.echogate.net;

import io.echogate.clock.Clock;
import java.lang.foreign.Arena;
import java.net.InetAddress;

/**
 * Echo requests of one family that wait to leave together, in memory made once. Confined to the thread that asks.
 *
 * <p>An error that an earlier request left on the socket shows as the result of the next send and says nothing about
 * whoever that one is for (RFC 1122 §4.1.3.3 asks for such errors to be passed up). So a send that fails is not believed
 * at once: the error queue is drained and the same request sent again. Only when that fails as well, with nothing more
 * in the queue, is the error about this very request.
 */
final class IcmpOutbox {
    static final int SIZE = 64;

    /** Errors come in while we drain and send; that many times in a row would be strange. */
    private static final int TRIES = 16;

    private final IcmpFamily family;
    private final Messages messages;
    private final int[] tags = new int[SIZE];
    private int count;

    IcmpOutbox(Arena arena, IcmpFamily family) {
        this.family = family;
        this.messages = new Messages(arena, SIZE, 32, IcmpPacket.SIZE, 0);
        for (int i = 0; i < SIZE; i++) {
            messages.nameLength(i, family.socketAddressSize());
        }
    }

    boolean full() {
        return count == SIZE;
    }

    void put(InetAddress to, int id, int sequence, long nonce, int tag) {
        family.write(to, messages.names, messages.nameAt(count));
        IcmpPacket.writeRequest(messages.data, messages.dataAt(count), family, id, sequence, nonce);
        tags[count++] = tag;
    }

    /** Sends all and tells of each what became of it. */
    void send(Libc libc, IcmpPort port, IcmpErrorQueue errors, Clock clock, IcmpEar ear) {
        int from = 0;
        int tries = 0;
        while (from < count) {
            long before = clock.nanos();
            int sent = libc.sendmmsg(port.fd, messages.from(from), count - from);
            long after = clock.nanos();
            if (sent > 0) {
                tell(from, sent, before, after, ear);
                from += sent;
                tries = 0;
            } else if (isAboutThisOne(tries++, errors.drain(port, ear))) {
                ear.refused(tags[from++], -sent, after);
                tries = 0;
            }
        }
        count = 0;
    }

    private static boolean isAboutThisOne(int tries, int drained) {
        return tries > 0 && (drained == 0 || tries >= TRIES);
    }

    private void tell(int from, int sent, long before, long after, IcmpEar ear) {
        for (int i = 0; i < sent; i++) {
            ear.left(tags[from + i], before + (after - before) * i / sent);
        }
    }
}

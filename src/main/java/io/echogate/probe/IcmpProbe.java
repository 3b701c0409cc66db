package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Outcome;
import io.echogate.net.Errno;
import io.echogate.net.IcmpEar;
import io.echogate.net.IcmpError;
import io.echogate.net.IcmpSocket;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Asks machines by ICMP echo, many with one system call. Confined to the probe loop. An answer counts by its nonce alone,
 * which nobody can guess; an error by destination and sequence number, since more of the request need not be quoted.
 *
 * <p>Whoever is asked again in doubt is asked from a fresh socket, one per round for all together: the silence may be a
 * firewall's that has pinned a dead session to the old identifier. From then on everybody is asked from it.
 */
final class IcmpProbe implements IcmpEar {
    /** How rounds of re-asking go: at most one fresh socket each {@code everyNanos}, heard for {@code listenNanos}. */
    record Rounds(long everyNanos, long listenNanos) {}

    private final IcmpSocket socket;
    private final Clock clock;
    private final Check.Ear ear;
    private final Rounds rounds;
    private final LongConsumer overflow;
    private final IcmpFlight flight;
    private final SendPace pace;
    private final Deque<IcmpCheck> waiting = new ArrayDeque<>();
    private long roundNanos;
    private final Plays plays;
    private boolean renewed;

    /**
     * @param nonces unpredictable
     * @param plays who is only said to be asked
     * @param overflow is told how many answers found the receive buffer full
     */
    IcmpProbe(
            IcmpSocket socket,
            RandomGenerator nonces,
            Clock clock,
            Rounds rounds,
            Check.Ear ear,
            LongConsumer overflow,
            Plays plays) {
        this.plays = plays;
        this.socket = socket;
        this.clock = clock;
        this.rounds = rounds;
        this.ear = ear;
        this.overflow = overflow;
        this.flight = new IcmpFlight(nonces);
        this.pace = new SendPace(socket.answersHeld(), clock.nanos());
    }

    boolean reaches(InetAddress to) {
        return socket.reaches(to);
    }

    /** A question that leaves with one of the next {@link #flush}es. */
    IcmpCheck ask(Question q, InetAddress to) {
        if (q.reasked()) {
            renew(q.askedNanos());
        }
        IcmpCheck check = new IcmpCheck(q, to, this, ear);
        flight.add(check);
        if (plays.covers(q)) {
            check.left(q.askedNanos());
        } else {
            waiting.addLast(check);
        }
        return check;
    }

    private void renew(long now) {
        if (renewed && now - roundNanos < rounds.everyNanos) {
            return;
        }
        flush();
        socket.renew(this);
        roundNanos = now;
        renewed = true;
    }

    /**
     * Sends what waits, as far as the pace allows; true when something still waits. Between batches it takes in what has
     * come: memory that the kernel has just written is cheaper to read and to use again than what has lain for a while.
     */
    boolean flush() {
        if (waiting.isEmpty()) {
            return false;
        }
        long now = clock.nanos();
        if (renewed) {
            socket.forget(now - rounds.listenNanos);
        }
        waiting.removeIf(check -> !check.waits());
        int room = pace.take(waiting.size(), now);
        for (; room > IcmpSocket.BATCH; room -= IcmpSocket.BATCH) {
            send(IcmpSocket.BATCH);
            read();
        }
        send(room);
        return !waiting.isEmpty();
    }

    private void send(int most) {
        for (int room = most; room > 0 && !waiting.isEmpty(); room--) {
            IcmpCheck check = waiting.removeFirst();
            flight.number(check);
            socket.put(check.to(), check.nonce(), check.sequence(), check.slot(), this);
        }
        socket.send(this);
    }

    /** Takes in what has come. */
    void read() {
        socket.read(this);
    }

    /** Requests that wait to leave, are on their way, or are listened for late. */
    int onTheirWay() {
        return flight.size();
    }

    @Override
    public void left(int tag, long atNanos) {
        IcmpCheck check = flight.at(tag);
        if (check != null) {
            check.left(atNanos);
        }
    }

    @Override
    public void refused(int tag, int errno, long atNanos) {
        IcmpCheck check = flight.at(tag);
        if (check != null) {
            flight.remove(check);
            Outcome outcome = Errno.outcome(errno);
            check.unsent(outcome.silence() ? outcome : Outcome.UNSENT, Errno.words(errno), atNanos);
        }
    }

    /** A second answer to the same question, and any that we never asked for, is ignored. */
    @Override
    public void answered(long nonce, long atNanos) {
        IcmpCheck check = flight.byNonce(nonce);
        if (check != null) {
            flight.remove(check);
            check.answered(atNanos);
        }
    }

    @Override
    public void failed(IcmpError error, long atNanos) {
        IcmpCheck check = flight.bySequence(error.sequence());
        if (check != null && check.to().equals(error.to())) {
            check.failed(error, atNanos);
            if (check.done()) {
                flight.remove(check);
            }
        }
    }

    @Override
    public void overflowed(long answers) {
        overflow.accept(answers);
    }

    void forget(IcmpCheck check) {
        flight.remove(check);
    }
}

package io.echogate.relay;

import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Failure;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one loop has to tell the fleet's writer of how members treat clients' requests. Tells of a member that has broken
 * some, or that is out or on trial, within a tick; of all others nothing. Confined to one event loop.
 */
final class Account {
    private static final long APART_NANOS = 100_000_000;
    /** Good answers older than this are not told: a member that goes bad was well for long before. */
    private static final long WHILE_NANOS = 100_000_000;

    private static final class Sums {
        private final String member;
        private int good;
        private int errors;
        private int broken;
        private long client = -1;
        private boolean several;
        private boolean watched;
        private boolean queued;
        private long since;
        private long toldAt;

        private Sums(String member, long now) {
            this.member = member;
            this.since = now;
            this.toldAt = now - APART_NANOS;
        }

        private boolean bad() {
            return errors + broken > 0;
        }

        private void clear(long now) {
            good = 0;
            errors = 0;
            broken = 0;
            client = -1;
            several = false;
            since = now;
        }
    }

    private final Consumer<Command> writer;
    private final List<Sums> toTell = new ArrayList<>();
    private @Nullable Sums[] members = new @Nullable Sums[0];
    private long now;

    Account(Consumer<Command> writer, long now) {
        this.writer = writer;
        this.now = now;
    }

    private Sums of(Member m) {
        int i = m.index();
        if (i >= members.length) {
            members = Arrays.copyOf(members, i + 8);
        }
        Sums s = members[i];
        if (s == null) {
            s = new Sums(m.name(), now);
            members[i] = s;
        }
        return s;
    }

    /**
     * An attempt is over.
     *
     * @param client number of the client connection
     * @param why null when its answer was passed on whole
     */
    void attempted(Member m, Failure.@Nullable Kind why, long client) {
        if (why == null) {
            good(of(m));
        } else if (why == Failure.Kind.ERROR_STATUS) {
            Sums s = of(m);
            s.errors++;
            bad(s, client);
        } else if (breaks(why)) {
            Sums s = of(m);
            s.broken++;
            bad(s, client);
        }
    }

    /** The answer that was passed on whole was an error. */
    void error(Member m, long client) {
        Sums s = of(m);
        s.good = Math.max(0, s.good - 1);
        s.errors++;
        bad(s, client);
    }

    private void good(Sums s) {
        if (now - s.since > WHILE_NANOS && !s.bad()) {
            s.clear(now);
        }
        s.good++;
        if (s.watched) {
            queue(s);
        }
    }

    private void bad(Sums s, long client) {
        s.several |= s.client >= 0 && s.client != client;
        s.client = client;
        queue(s);
    }

    private void queue(Sums s) {
        if (!s.queued) {
            s.queued = true;
            toTell.add(s);
        }
    }

    private static boolean breaks(Failure.Kind why) {
        return switch (why) {
            case RESET, CUT_SHORT, STALLED, BAD_ANSWER, FIRST_BYTE_TIMEOUT -> true;
            default -> false;
        };
    }

    /** A newer snapshot: whoever is out or on trial is told of even when all goes well. */
    void fleet(Fleet newer) {
        for (Sums s : members) {
            if (s != null) {
                s.watched = false;
            }
        }
        for (Member m : newer.members()) {
            if (m.cause() == Cause.BROKEN && m.state() != State.UP) {
                of(m).watched = true;
            }
        }
    }

    /** Time goes on: tells what is due. */
    void tick(long nanos) {
        now = nanos;
        for (int i = toTell.size() - 1; i >= 0; i--) {
            Sums s = toTell.get(i);
            if (now - s.toldAt >= APART_NANOS) {
                toTell.remove(i);
                s.queued = false;
                s.toldAt = now;
                writer.accept(new Command.Carried(
                        s.member, now, s.good, s.errors, s.broken, Math.max(0, s.client), s.several));
                s.clear(now);
            }
        }
    }
}

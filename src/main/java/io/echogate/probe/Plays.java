package io.echogate.probe;

import io.echogate.model.Drill;
import io.echogate.model.Fleet;
import io.echogate.model.Kind;
import io.echogate.model.Member;
import io.echogate.net.Dialer;
import io.echogate.net.Errno;
import io.echogate.net.Line;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The failure that is played, as asking meets it: connections that lead nowhere, echo requests that never leave. Confined
 * to the probe loop.
 */
final class Plays implements Dialer {
    private static final int NOBODY = -1;

    private int member = NOBODY;
    private Drill.Mode mode = Drill.Mode.OFF;

    /** A newer snapshot. */
    void fleet(Fleet now) {
        Drill drill = now.drill();
        Member m = drill == null ? null : now.member(drill.member());
        member = m == null ? NOBODY : m.index();
        mode = drill == null ? mode : drill.mode();
    }

    /** True of a question that is not to be asked in earnest. */
    boolean covers(Question q) {
        return q.member() == member && (q.kind() == Kind.HTTP || mode == Drill.Mode.OFF);
    }

    /** What is found, with a word that it was played. */
    Finding told(Question q, Finding f) {
        return covers(q) ? f.noted("drill: ") : f;
    }

    @Override
    public Line dial(InetSocketAddress to, byte[] question, Line.Ear ear) {
        switch (mode) {
            case REFUSE -> ear.failed(Errno.ECONNREFUSED, "connection refused");
            case FREEZE -> ear.connected();
            case OFF -> {}
        }
        return new Silence(mode == Drill.Mode.FREEZE);
    }

    @Override
    public void read() {}

    @Override
    public void close() {}

    /** A connection on which nothing comes. */
    private record Silence(boolean acknowledged) implements Line {
        @Override
        public void hangUp() {}

        @Override
        public void abort() {}
    }

    /** The dialer for that question. */
    Dialer or(Dialer earnest, @Nullable Question q) {
        return q != null && covers(q) ? this : earnest;
    }
}

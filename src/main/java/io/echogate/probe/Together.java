package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Command;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes on what is heard, together with all else that is heard within {@link #TOGETHER_NANOS}: when thousands answer, the
 * writer is not woken for each. After a while of silence, at once. Confined to the probe loop.
 */
final class Together implements Consumer<Command> {
    private static final long TOGETHER_NANOS = 1_000_000;

    private final EventLoop loop;
    private final Clock clock;
    private final Consumer<List<Command>> writer;
    private List<Command> told = new ArrayList<>();
    private long toldNanos;

    Together(EventLoop loop, Clock clock, Consumer<List<Command>> writer) {
        this.loop = loop;
        this.clock = clock;
        this.writer = writer;
        this.toldNanos = clock.nanos() - TOGETHER_NANOS;
    }

    @Override
    public void accept(Command command) {
        if (told.isEmpty()) {
            long wait = toldNanos + TOGETHER_NANOS - clock.nanos();
            if (wait <= 0) {
                loop.execute(this::handOver);
            } else {
                var _ = loop.schedule(this::handOver, wait, TimeUnit.NANOSECONDS);
            }
        }
        told.add(command);
    }

    /** All that is still to be passed on. */
    void handOver() {
        toldNanos = clock.nanos();
        List<Command> all = told;
        told = new ArrayList<>();
        if (!all.isEmpty()) {
            writer.accept(all);
        }
    }
}

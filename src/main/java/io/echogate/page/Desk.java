package io.echogate.page;

import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.DrillReport;
import io.echogate.model.Order;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where operators' orders go. Any thread; nothing here waits. */
public interface Desk {
    /**
     * What became of an order.
     *
     * @param holds it is in force: every new request goes by it
     * @param why it does not hold, or holds and could not be stored; null: all is well
     */
    record Outcome(boolean holds, @Nullable String why) {}

    /**
     * Gives an order.
     *
     * @param force also when nobody as well as that member would be left to serve
     * @param then is told once, on any thread
     */
    void order(String member, Order order, boolean force, Consumer<Outcome> then);

    /**
     * Begins a drill.
     *
     * @param drill its {@code sinceNanos} is filled in by whoever begins it
     * @param force also when nobody as well as that member would be left to serve
     * @param then is told once, on any thread
     */
    void drill(Drill drill, boolean force, Consumer<Outcome> then);

    /** Ends the drill of that member; {@code then} is told once, on any thread. */
    void endDrill(String member, String by, Consumer<Outcome> then);

    /** What the drill that lasts, or the last one, has shown; null before the first. */
    @Nullable
    DrillReport drillReport();

    /** Says something about an incident; {@code then} is told once, on any thread, when it is stored. */
    void remark(Detail.Remark remark, Consumer<Outcome> then);

    /** Nobody knows when. */
    long UNKNOWN = Long.MIN_VALUE;

    /**
     * Monotonic time at which the one of that index, of the pool or only watched, is asked next: its service, or its machine
     * where that alone is asked; {@link #UNKNOWN} before asking has begun.
     */
    long nextNanos(int index);

    /** Requests and tunnels that run at the member of that index now. */
    int running(int member);
}

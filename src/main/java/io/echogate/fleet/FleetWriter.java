package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.config.Config;
import io.echogate.judge.Dossier;
import io.echogate.judge.Judge;
import io.echogate.judge.Rules;
import io.echogate.model.Command;
import io.echogate.model.Drain;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Echo;
import io.echogate.model.Fleet;
import io.echogate.model.Icmp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the one picture. {@link #accept} may be called from any thread and never waits; everything else runs
 * on the executor, one drain at a time, which publishes one immutable snapshot per drain. Readers call {@link #get}.
 */
public final class FleetWriter implements Consumer<Command>, Supplier<Fleet> {
    private static final Logger log = LoggerFactory.getLogger(FleetWriter.class);

    private final StillClock clock;
    private final Rules rules;
    private final Executor executor;
    private final IntToLongFunction answeredNanos;
    private final Queue<Command> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Consumer<Fleet>> listeners = new CopyOnWriteArrayList<>();
    private final Files files;
    private final Roster roster;
    private final Journal journal;
    private final Set<MemberFile> onProbation = new LinkedHashSet<>();
    private final OrderDesk orders;
    private final DrillDesk drills;
    private final RemarkDesk remarks;
    private final Memory memory;
    private final Weighing weighing;
    private Icmp icmp = Icmp.UNTRIED;
    private final List<Consumer<Drain>> taps = new ArrayList<>();
    private volatile Fleet published;

    /**
     * @param epoch names this run; larger than any before it
     * @param executor runs one task at a time, in order
     * @param answeredNanos monotonic time at which a client's request was last answered by the member at that index;
     *     {@link Long#MIN_VALUE} for never
     */
    public FleetWriter(Config config, Clock clock, long epoch, Executor executor, IntToLongFunction answeredNanos) {
        this.clock = new StillClock(clock);
        this.rules = Rules.of(config);
        this.executor = executor;
        this.answeredNanos = answeredNanos;
        this.journal = new Journal(this.clock, config.policy().name().shares(), CaseRules.of(config, epoch));
        this.files = new Files(config, this.clock);
        this.roster = new Roster(
                files.pool().values(), files.watched(), config.policy().joinBelow());
        this.weighing = new Weighing(files, journal, rules);
        this.orders = new OrderDesk(files.pool(), roster, journal, this.clock);
        this.drills = new DrillDesk(files.pool(), journal, this.clock);
        this.remarks = new RemarkDesk(journal);
        this.memory = new Memory(files, roster, journal, this.clock);
        this.published = new Fleet(
                epoch,
                0,
                0,
                0,
                this.clock.now(),
                this.clock.nanos(),
                false,
                config.policy().name().shares(),
                icmp,
                null,
                roster.members(),
                roster.watched(),
                roster.rotation(),
                List.of(),
                List.of());
    }

    /** Has all that is taken in and published told on the writer's thread, to who only posts. Before the first command. */
    public void tap(Consumer<Drain> to) {
        taps.add(to);
    }

    /** The newest snapshot; any thread. */
    @Override
    public Fleet get() {
        return published;
    }

    /**
     * Calls the listener with every snapshot from now on, on the writer's thread; it must only post and return.
     * What is returned ends that.
     */
    public Subscription subscribe(Consumer<Fleet> listener) {
        listeners.add(listener);
        return () -> CompletableFuture.runAsync(() -> listeners.remove(listener), executor)
                .join();
    }

    /** A listener's place among those that are told of new snapshots. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        /** No snapshot is handed over once this returns. Waits for the writer: not for an event loop. */
        @Override
        void close();
    }

    @Override
    public void accept(Command command) {
        queue.add(command);
        schedule();
    }

    /** Takes in several in that order, so that one snapshot shows them all. Any thread; never waits. */
    public void acceptAll(List<Command> commands) {
        queue.addAll(commands);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        List<Taken> taken = take();
        if (taken.isEmpty()) {
            return;
        }
        clock.read();
        taken.forEach(this::apply);
        List.copyOf(onProbation).forEach(this::conclude);
        publish();
        Drain drain =
                new Drain(clock.nanos(), clock.now(), taken, published, journal.takeFresh(), journal.takeMergedAway());
        taps.forEach(tap -> tap.accept(drain));
        orders.answer();
        drills.answer();
        remarks.answer();
    }

    private List<Taken> take() {
        List<Taken> taken = new ArrayList<>();
        for (Command command = queue.poll(); command != null; command = queue.poll()) {
            taken.add(new Taken(command, answered(command)));
        }
        return taken;
    }

    private long answered(Command command) {
        MemberFile file = command instanceof Command.Heard(Echo echo) ? files.get(echo.member()) : null;
        return file == null || file.onlyWatched() ? Long.MIN_VALUE : answeredNanos.applyAsLong(file.index());
    }

    private void apply(Taken taken) {
        switch (taken.command()) {
            case Command.Heard(Echo echo) -> hear(echo, taken.answeredNanos());
            case Command.Carried carried -> hear(carried);
            case Command.Resolved resolved -> resolve(resolved);
            case Command.IcmpIs(Icmp now) -> icmpIs(now);
            case Command.Missed(long nanos) -> journal.missed(nanos);
            case Command.Witness witness -> hear(witness);
            case Command.Ordered ordered -> orders.take(ordered);
            case Command.Lapse() -> orders.lapse();
            case Command.Cut cut -> orders.cut(cut);
            case Command.Drilled drilled -> drills.begin(drilled);
            case Command.DrillEnds ends -> drills.end(ends);
            case Command.Recalled recalled -> recall(recalled);
            case Command.Remarked remarked -> remarks.take(remarked);
        }
    }

    private void hear(Echo echo, long answered) {
        MemberFile file = files.get(echo.member());
        if (file == null) {
            log.warn("echo_of_unknown_member member={}", echo.member());
            return;
        }
        Dossier before = file.dossier();
        file.hear(echo, answered, Judge.hear(before, echo, answered, rules));
        if (MemberFile.pressing(echo)) {
            file.pressed(echo.heardNanos());
        }
        roster.touch(file);
        journal.host(file, before.hostState(), file.dossier().hostState());
        files.count(file, before);
        if (weighing.heard()) {
            files.askable().forEach(this::conclude);
        }
        conclude(file);
    }

    private void hear(Command.Carried carried) {
        MemberFile file = files.get(carried.member());
        if (file != null) {
            file.knows(Judge.hear(file.dossier(), carried, rules));
            conclude(file);
        }
    }

    private void hear(Command.Witness witness) {
        if (weighing.hear(witness)) {
            files.askable().forEach(this::conclude);
        }
    }

    private void conclude(MemberFile file) {
        Dossier before = file.dossier();
        Dossier after = Judge.conclude(before, clock.nanos(), weighing.isolation(), files.othersUp(file), rules);
        file.knows(after);
        if (after.onProbation()) {
            onProbation.add(file);
        } else {
            onProbation.remove(file);
        }
        if (!after.verdict().equals(before.verdict())) {
            file.conclude(before, after);
            files.count(file, before);
            roster.touch(file);
            journal.verdict(file, before.verdict(), after.verdict());
        }
    }

    private void recall(Command.Recalled recalled) {
        memory.recall(recalled).forEach(this::conclude);
    }

    private void resolve(Command.Resolved resolved) {
        MemberFile file = files.get(resolved.member());
        if (file != null) {
            file.resolved(resolved.address());
            roster.touch(file);
        }
    }

    private void icmpIs(Icmp now) {
        if (!now.equals(icmp)) {
            icmp = now;
            journal.icmp(now);
            files.icmpIs(now);
            files.watched().forEach(roster::touch);
        }
    }

    private void publish() {
        Fleet before = published;
        boolean drilled = drills.changed();
        boolean changed = roster.takeUp(clock.now()) || drilled;
        journal.rotation(before.rotation(), roster.rotation());
        long seq = journal.nextSeq();
        published = new Fleet(
                before.epoch(),
                seq,
                changed ? seq : before.changedSeq(),
                roster.pressed() ? seq : before.pressedSeq(),
                clock.now(),
                clock.nanos(),
                weighing.isolation().isolated(),
                before.shared(),
                icmp,
                drills.current(),
                roster.members(),
                roster.watched(),
                roster.rotation(),
                journal.newest(),
                journal.casebook().incidents());
        for (Consumer<Fleet> listener : listeners) {
            listener.accept(published);
        }
    }
}

package io.echogate.lab;

import io.echogate.model.Cause;
import io.echogate.model.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a fault must look like from outside.
 *
 * @param shown how those struck must be shown
 * @param causes that a conviction of them may have; of {@link Shown#DOWN} the one that it must have in the end
 * @param atFirst causes that it may have before
 * @param promise within which it is shown
 * @param hold how long the fault lasts once it is shown, and it must go on being shown
 * @param clientWaits the longest that a client's request may wait
 * @param blind how long the monitor itself cannot be looked at meanwhile
 * @param struck the members that the fault is about; nothing may be shown of any other
 */
record Expectation(
        Shown shown,
        Set<Cause> causes,
        Set<Cause> atFirst,
        Duration promise,
        Duration hold,
        Duration clientWaits,
        Duration blind,
        List<String> struck) {
    /** How a member is shown. */
    enum Shown {
        /** Convicted, of the one cause. */
        DOWN,
        /** As before: nothing at all may change. */
        UP,
        /** Never convicted; a doubt is fair. */
        NEVER_DOWN,
        /** Never convicted, and the monitor says that it is cut off itself. */
        ISOLATED,
        /** Neither well nor broken: only the causes of convictions are given. */
        UNSETTLED
    }

    private static final Duration MOMENT = Duration.ofSeconds(1);

    static Expectation down(Cause cause, Duration promise) {
        return of(Shown.DOWN, EnumSet.of(cause), promise, MOMENT);
    }

    static Expectation up(int seconds) {
        return of(Shown.UP, EnumSet.noneOf(Cause.class), Duration.ZERO, Duration.ofSeconds(seconds));
    }

    static Expectation neverDown(int seconds) {
        return of(Shown.NEVER_DOWN, EnumSet.noneOf(Cause.class), Duration.ZERO, Duration.ofSeconds(seconds));
    }

    static Expectation isolated(int seconds) {
        return of(Shown.ISOLATED, EnumSet.noneOf(Cause.class), Promise.OFF, Duration.ofSeconds(seconds))
                .both();
    }

    static Expectation unsettled(int seconds, Cause... causes) {
        return of(Shown.UNSETTLED, EnumSet.copyOf(List.of(causes)), Duration.ZERO, Duration.ofSeconds(seconds));
    }

    private static Expectation of(Shown shown, Set<Cause> causes, Duration promise, Duration hold) {
        return new Expectation(
                shown,
                causes,
                EnumSet.noneOf(Cause.class),
                promise,
                hold,
                Promise.CLIENT_WAITS,
                Duration.ZERO,
                List.of("S1"));
    }

    Expectation holding(int seconds) {
        return new Expectation(
                shown, causes, atFirst, promise, Duration.ofSeconds(seconds), clientWaits, blind, struck);
    }

    /** Another cause is named first, from what can be known so far. */
    Expectation after(Cause first) {
        return new Expectation(shown, causes, EnumSet.of(first), promise, hold, clientWaits, blind, struck);
    }

    Expectation waiting(Duration longest) {
        return new Expectation(shown, causes, atFirst, promise, hold, longest, blind, struck);
    }

    /** The monitor stands still for that long: clients wait for it, too. */
    Expectation blindFor(Duration time) {
        return new Expectation(shown, causes, atFirst, promise, hold, clientWaits.plus(time), time, struck);
    }

    Expectation both() {
        return new Expectation(shown, causes, atFirst, promise, hold, clientWaits, blind, List.of("S1", "S2"));
    }

    /** As it stands in the tables. */
    String words() {
        return switch (shown) {
            case DOWN -> "DOWN " + causes.iterator().next();
            case UP -> "UP NONE";
            case NEVER_DOWN -> "UP or SUSPECT";
            case ISOLATED -> "SUSPECT ISOLATED";
            case UNSETTLED -> "unsettled: " + causes.stream().map(Cause::name).collect(Collectors.joining(", "));
        };
    }

    /** The verdict, as {@code STATE CAUSE}, that the fault's end is waited for with; empty for none. */
    boolean awaited(Sighting.Verdict verdict) {
        return switch (shown) {
            case DOWN -> verdict.state().equals(State.DOWN.name());
            case ISOLATED -> verdict.cause().equals(Cause.ISOLATED.name());
            case UP, NEVER_DOWN, UNSETTLED -> false;
        };
    }

    boolean awaitsSomething() {
        return shown == Shown.DOWN || shown == Shown.ISOLATED;
    }
}

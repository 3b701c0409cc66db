package io.echogate.fleet;

import io.echogate.model.Event;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as a pure fold over events: {@link #after} is all that ever happens to it. A member that is {@code DOWN} opens
 * one, mere doubt does not; members of one machine that is silent are in the same one, and so is what comes again soon.
 * Immutable, and bounded: those that last, and the newest of the others.
 */
final class Casebook {
    final CaseRules rules;
    final List<Case> cases;
    final Doubts doubts;
    final Set<String> unwanted;
    final Set<String> drilled;
    private final List<String> mergedAway;
    private @Nullable List<Incident> incidents;

    Casebook(
            CaseRules rules,
            List<Case> cases,
            Doubts doubts,
            Set<String> unwanted,
            Set<String> drilled,
            List<String> mergedAway) {
        this.rules = rules;
        this.cases = cases;
        this.doubts = doubts;
        this.unwanted = unwanted;
        this.drilled = drilled;
        this.mergedAway = mergedAway;
    }

    static Casebook empty(CaseRules rules) {
        return new Casebook(rules, List.of(), Doubts.NONE, Set.of(), Set.of(), List.of());
    }

    /** With one more event; itself when it says nothing about incidents. */
    Casebook after(Event e) {
        Step step = new Step(this, e);
        step.take();
        return step.done();
    }

    /** With those that lasted when an earlier run ended, as of that event. */
    Casebook recalled(List<Incident> earlier, Set<String> up, Event e) {
        Step step = new Step(this, e);
        earlier.forEach(incident -> step.recall(incident, up));
        return step.done();
    }

    /** Those that last and the newest of the others, oldest first; the same instance while nothing has changed. */
    List<Incident> incidents() {
        List<Incident> known = incidents;
        if (known == null) {
            known = cases.stream().map(Case::incident).toList();
            incidents = known;
        }
        return known;
    }

    /** Ids that the newest event has made part of an older incident each. */
    List<String> mergedAway() {
        return mergedAway;
    }

    /** The incident of that id while it is in the book, else null. */
    @Nullable
    Incident incident(String id) {
        for (Case c : cases) {
            if (c.incident().id().equals(id)) {
                return c.incident();
            }
        }
        return null;
    }

    /** What follows from a step; hands on what is as before. */
    @SuppressWarnings("ReferenceEquality") // the same instances say that nothing has changed
    Casebook next(List<Case> cases, Doubts doubts, Set<String> unwanted, Set<String> drilled, List<String> mergedAway) {
        boolean same = cases == this.cases
                && doubts == this.doubts
                && unwanted == this.unwanted
                && drilled == this.drilled
                && mergedAway.equals(this.mergedAway);
        if (same) {
            return this;
        }
        Casebook next = new Casebook(rules, bounded(cases), doubts, unwanted, drilled, mergedAway);
        if (cases == this.cases) {
            next.incidents = incidents;
        }
        return next;
    }

    private static List<Case> bounded(List<Case> cases) {
        if (cases.size() <= Fleet.INCIDENTS) {
            return cases;
        }
        List<Case> ended = new ArrayList<>();
        for (Case c : cases) {
            if (!c.open()) {
                ended.add(c);
            }
        }
        if (ended.isEmpty()) {
            return cases;
        }
        ended.sort(Comparator.comparing(c -> c.incident().ended()));
        List<Case> kept = new ArrayList<>(cases);
        kept.removeAll(ended.subList(0, Math.min(ended.size(), cases.size() - Fleet.INCIDENTS)));
        return kept;
    }
}

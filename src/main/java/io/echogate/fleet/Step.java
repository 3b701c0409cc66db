package io.echogate.fleet;

import io.echogate.model.Cause;
import io.echogate.model.Detail;
import io.echogate.model.Event;
import io.echogate.model.Incident;
import io.echogate.model.Incident.Kind;
import io.echogate.model.Intent;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one event changes in a {@link Casebook}. Lives for that event only; what it does not touch stays the same instance. */
final class Step {
    private final Casebook before;
    private final CaseRules rules;
    private final Event e;
    private final List<String> mergedAway = new ArrayList<>();
    private final Cases cases;
    private Doubts doubts;
    private Set<String> unwanted;
    private Set<String> drilled;

    Step(Casebook before, Event e) {
        this.before = before;
        this.rules = before.rules;
        this.e = e;
        this.cases = new Cases(before.cases);
        this.doubts = before.doubts;
        this.unwanted = before.unwanted;
        this.drilled = before.drilled;
    }

    Casebook done() {
        return before.next(cases.list(), doubts, unwanted, drilled, List.copyOf(mergedAway));
    }

    void take() {
        switch (e.type()) {
            case "member_state" -> state();
            case "cause_changed" -> cause();
            case "host_silent", "host_answers", "requests_cut" -> tell();
            case "drill_begins" -> drill(true);
            case "drill_ends" -> drill(false);
            case "intent_changed" -> intent();
            case "requests_move", "nobody_serves" -> moved();
            case "isolated" -> isolated();
            case "isolation_over" -> isolationOver();
            case "incident_acknowledged", "incident_noted" -> remark();
            default -> {
                // Says nothing about incidents.
            }
        }
    }

    private void state() {
        int open = cases.openOf(e.member());
        Doubt doubt = doubts.of(e.member());
        if (e.to() == State.DOWN) {
            down(open, doubt);
        } else if (open != Cases.NONE) {
            Draft draft = cases.draft(open).tell(e);
            if (e.to() == State.UP) {
                draft.up(e);
            }
            cases.put(open, draft);
        } else if (e.to() == State.SUSPECT) {
            doubts = doubts.with(e.member(), doubt == null ? Doubt.of(e) : doubt.with(e));
        }
        if (e.to() == State.UP || e.to() == State.DOWN) {
            doubts = doubts.without(e.member());
        }
    }

    private void down(int open, @Nullable Doubt doubt) {
        int place = open != Cases.NONE ? open : machine();
        Draft draft;
        if (place != Cases.NONE) {
            draft = joined(cases.draft(place));
        } else {
            place = recent();
            draft = place != Cases.NONE ? cases.draft(place) : opened();
            if (place != Cases.NONE) {
                draft.again(e);
            }
        }
        if (draft.kind != Kind.MACHINE) {
            draft.cause = e.cause();
        }
        draft.down(e, doubt);
        named(cases.put(place, draft));
    }

    /** The one of its machine. */
    private int machine() {
        String host = rules.machine(e.member());
        return host == null ? Cases.NONE : cases.machine(host);
    }

    private Draft joined(Draft draft) {
        draft.drill &= drilled.contains(e.member());
        draft.planned &= unwanted.contains(e.member());
        return draft;
    }

    private Draft opened() {
        Draft draft = new Draft(rules, Kind.SERVICE, e);
        draft.drill = drilled.contains(e.member());
        draft.planned = unwanted.contains(e.member());
        return draft;
    }

    /** One that it comes again in: neither what was played nor what was planned is the same as a real one. */
    private int recent() {
        String host = e.cause() == Cause.HOST_SILENT ? rules.machine(e.member()) : null;
        boolean drill = drilled.contains(e.member());
        boolean planned = unwanted.contains(e.member());
        return cases.recent(
                c -> {
                    Incident is = c.incident();
                    boolean its = is.kind() == Kind.SERVICE && is.subject().equals(e.member());
                    boolean machines = host != null && c.machine(host) && !cases.elsewhere(c);
                    return (its || machines) && is.drill() == drill && is.planned() == planned;
                },
                e.at());
    }

    private void cause() {
        int open = cases.openOf(e.member());
        if (open != Cases.NONE) {
            Draft draft = cases.draft(open).tell(e);
            if (draft.kind != Kind.MACHINE) {
                draft.cause = e.cause();
            }
            named(cases.put(open, draft));
        }
    }

    /** A silent machine takes out all members on it: that is one failure. */
    private void named(int place) {
        String host = rules.machine(e.member());
        if (e.cause() != Cause.HOST_SILENT || host == null) {
            return;
        }
        int other = cases.machine(host);
        Draft draft = cases.draft(place);
        if (draft.kind != Kind.MACHINE) {
            draft.kind = Kind.MACHINE;
            draft.subject = host;
            cases.put(place, draft);
        }
        if (other != Cases.NONE && other != place) {
            mergedAway.add(cases.merge(place, other, e.seq()));
        }
    }

    private void tell() {
        Doubt doubt = doubts.of(e.member());
        if (doubt != null) {
            doubts = doubts.with(e.member(), doubt.with(e));
        }
        int open = cases.openOf(e.member());
        if (open != Cases.NONE) {
            cases.put(open, cases.draft(open).tell(e));
        }
    }

    /** One that lasted when an earlier run ended: it lasts on while anybody of it is not known to be UP. */
    void recall(Incident earlier, Set<String> up) {
        if (cases.find(c -> c.incident().id().equals(earlier.id())) != Cases.NONE) {
            return;
        }
        Set<String> out = new HashSet<>(earlier.open() ? earlier.members() : List.of());
        out.removeIf(m -> up.contains(m) || rules.machine(m) == null);
        int place = cases.insert(new Case(earlier, out, Set.copyOf(earlier.members()), false));
        if (earlier.open()) {
            Draft draft = cases.draft(place).recalled(e);
            cases.put(place, draft);
        }
        int also = also(earlier, out);
        while (also != Cases.NONE) {
            mergedAway.add(cases.merge(cases.find(c -> c.incident().id().equals(earlier.id())), also, e.seq()));
            also = also(earlier, out);
        }
    }

    /** One of this run that goes on with it. */
    private int also(Incident earlier, Set<String> out) {
        return out.isEmpty()
                ? Cases.NONE
                : cases.find(c -> c.open()
                        && !c.incident().id().equals(earlier.id())
                        && (!Collections.disjoint(c.out(), out)
                                || (earlier.kind() == Kind.MACHINE && c.machine(earlier.subject()))));
    }

    private void drill(boolean begins) {
        drilled = with(drilled, begins);
        tell();
    }

    private void intent() {
        if (e.detail() instanceof Detail.Ordered(var order)) {
            unwanted = with(unwanted, order.intent() != Intent.READY);
        }
        tell();
    }

    private Set<String> with(Set<String> members, boolean in) {
        if (members.contains(e.member()) == in) {
            return members;
        }
        Set<String> next = new HashSet<>(members);
        if (in) {
            next.add(e.member());
        } else {
            next.remove(e.member());
        }
        return Set.copyOf(next);
    }

    /** Told in every incident that lasts, and in one that has ended with this. */
    private void moved() {
        Detail.Moved moved = e.detail() instanceof Detail.Moved m ? m : new Detail.Moved(List.of(), List.of());
        for (String member : moved.from()) {
            Doubt doubt = doubts.of(member);
            if (doubt != null) {
                Doubt told = doubt.with(e);
                doubts = doubts.with(member, e.type().equals("requests_move") ? told.left(e.at()) : told);
            }
        }
        for (int i = 0; i < cases.size(); i++) {
            Case of = cases.at(i);
            boolean back = e.at().equals(of.incident().ended())
                    && !Collections.disjoint(of.incident().members(), moved.to());
            if (of.open() || back) {
                Draft draft = cases.draft(i).tell(e);
                if (of.open()) {
                    draft.moved(e, moved);
                }
                cases.put(i, draft);
            }
        }
    }

    private void isolated() {
        int place = cases.recent(Cases::isolation, e.at());
        Draft draft = place == Cases.NONE ? new Draft(rules, Kind.ISOLATION, e) : cases.draft(place);
        if (place != Cases.NONE) {
            draft.again(e);
        }
        cases.put(place, draft.tell(e));
    }

    private void isolationOver() {
        int place = cases.find(c -> c.open() && Cases.isolation(c));
        if (place != Cases.NONE) {
            Draft draft = cases.draft(place).tell(e);
            draft.end(e.at());
            cases.put(place, draft);
        }
    }

    private void remark() {
        if (e.detail() instanceof Detail.Remark said) {
            int place = cases.find(c -> c.incident().id().equals(said.incident()));
            if (place != Cases.NONE) {
                Draft draft = cases.draft(place);
                draft.remark(e, said);
                cases.put(place, draft);
            }
        }
    }
}

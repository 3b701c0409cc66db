package io.echogate.fleet;

import io.echogate.model.Incident;
import io.echogate.model.Incident.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The cases of a {@link Casebook} while an event is taken in: oldest first, copied before they are first changed. */
final class Cases {
    /** No such place. */
    static final int NONE = -1;

    /** What comes again this soon is the same incident. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private List<Case> list;
    private boolean copied;

    Cases(List<Case> list) {
        this.list = list;
    }

    /** As they are now; the instance that it began with while nothing has changed. */
    List<Case> list() {
        return list;
    }

    private List<Case> changing() {
        if (!copied) {
            list = new ArrayList<>(list);
            copied = true;
        }
        return list;
    }

    int size() {
        return list.size();
    }

    Case at(int place) {
        return list.get(place);
    }

    Draft draft(int place) {
        return new Draft(list.get(place));
    }

    /** Writes it at that place, or as the newest; where it is now. */
    int put(int place, Draft draft) {
        if (place == NONE) {
            changing().add(draft.done());
            return list.size() - 1;
        }
        changing().set(place, draft.done());
        return place;
    }

    /** Puts one of an earlier time where it belongs. */
    int insert(Case earlier) {
        int place = 0;
        while (place < list.size()
                && !list.get(place)
                        .incident()
                        .named()
                        .isAfter(earlier.incident().named())) {
            place++;
        }
        changing().add(place, earlier);
        return place;
    }

    /** Makes two into the older one; the id of the other. */
    String merge(int a, int b, long seq) {
        int younger = Math.max(a, b);
        Draft stays = draft(Math.min(a, b));
        stays.merge(draft(younger), seq);
        put(Math.min(a, b), stays);
        return changing().remove(younger).incident().id();
    }

    int find(Predicate<Case> which) {
        for (int i = 0; i < list.size(); i++) {
            if (which.test(list.get(i))) {
                return i;
            }
        }
        return NONE;
    }

    /** The one that the member is out in. */
    int openOf(String member) {
        return find(c -> c.open() && c.out().contains(member));
    }

    /** The one of that machine that lasts. */
    int machine(String host) {
        return find(c -> c.open() && c.machine(host));
    }

    /** The newest of these that it comes again in, because it has ended only just now. */
    int recent(Predicate<Case> which, Instant now) {
        int newest = NONE;
        for (int i = 0; i < list.size(); i++) {
            boolean newer = newest == NONE || !ended(i).isBefore(ended(newest));
            if (soon(list.get(i).incident(), now) && newer && which.test(list.get(i))) {
                newest = i;
            }
        }
        return newest;
    }

    private static boolean soon(Incident is, Instant now) {
        return is.ended() != null && Duration.between(is.ended(), now).compareTo(SOON) <= 0;
    }

    private Instant ended(int place) {
        Instant ended = list.get(place).incident().ended();
        return ended == null ? Instant.MAX : ended;
    }

    /** True of one with a member who is out for another reason meanwhile. */
    boolean elsewhere(Case of) {
        return of.incident().members().stream().anyMatch(m -> openOf(m) != NONE);
    }

    static boolean isolation(Case of) {
        return of.incident().kind() == Kind.ISOLATION;
    }
}

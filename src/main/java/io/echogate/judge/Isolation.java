package io.echogate.judge;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Pure: is it us? Judged by a witness where one has ever answered; without one, by all members falling silent together
 * or by the kernel having no route to any of them; never by a lone member's silence.
 *
 * @param isolated the conclusion: it is us
 * @param pending all members are dark and no witness has been heard since: nobody is convicted for silence until one
 *     answers (then it is them) or is silent too (then it is us)
 * @param witnesses those that have ever answered
 * @param silent those of them whose newest question went unanswered
 * @param heardNanos when any of them last answered; meaningful once there is one
 */
public record Isolation(boolean isolated, boolean pending, Set<String> witnesses, Set<String> silent, long heardNanos) {
    public static final Isolation NONE = new Isolation(false, false, Set.of(), Set.of(), 0);

    public Isolation {
        witnesses = Set.copyOf(witnesses);
        silent = Set.copyOf(silent);
    }

    /** A witness answered or did not. One that has never answered is no witness. */
    public Isolation hear(String address, boolean answered, long atNanos) {
        if (!answered && !witnesses.contains(address)) {
            return this;
        }
        Set<String> known = new HashSet<>(witnesses);
        known.add(address);
        Set<String> quiet = new HashSet<>(silent);
        boolean changed = answered ? quiet.remove(address) : quiet.add(address);
        boolean same = !changed && known.size() == witnesses.size() && !answered;
        return same ? this : new Isolation(isolated, pending, known, quiet, answered ? atNanos : heardNanos);
    }

    /** Nobody may be convicted for silence. */
    public boolean holds() {
        return isolated || pending;
    }

    /** A witness decides, rather than the members among themselves. */
    public boolean witnessed() {
        return !witnesses.isEmpty();
    }

    /** Weighs all members' evidence. */
    public Isolation conclude(Collection<Dossier> members, Rules rules) {
        boolean dark = !members.isEmpty() && members.stream().allMatch(Dossier::dark);
        boolean now = dark && (witnessed() ? silent.containsAll(witnesses) : isolated || alone(members, rules));
        boolean open = dark && !now && witnessed() && heardNanos - newestSilence(members) <= 0;
        return now == isolated && open == pending ? this : new Isolation(now, open, witnesses, silent, heardNanos);
    }

    private static boolean alone(Collection<Dossier> members, Rules rules) {
        return members.stream().allMatch(Dossier::unrouted) || fellTogether(members, rules) >= 2;
    }

    private static long fellTogether(Collection<Dossier> members, Rules rules) {
        long newest = newestSilence(members);
        return members.stream()
                .filter(Dossier::alive)
                .filter(m -> newest - m.silentSinceNanos() <= rules.intervalNanos())
                .count();
    }

    private static long newestSilence(Collection<Dossier> members) {
        return members.stream()
                .mapToLong(Dossier::silentSinceNanos)
                .reduce((a, b) -> a - b > 0 ? a : b)
                .orElse(0);
    }
}

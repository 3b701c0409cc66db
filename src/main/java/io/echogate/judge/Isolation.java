package io.echogate.judge;

import java.util.Collection;

/**
 * Pure: is it us? Judged by a witness where one has ever answered; without one, by all members falling silent together
 * or by the kernel having no route to any of them; never by a lone member's silence.
 *
 * @param isolated the conclusion
 * @param witnessed a witness has answered at some time
 * @param witnessSilent the newest question to every witness went unanswered
 */
public record Isolation(boolean isolated, boolean witnessed, boolean witnessSilent) {
    public static final Isolation NONE = new Isolation(false, false, false);

    /** A witness answered or did not. */
    public Isolation hear(boolean answered) {
        return new Isolation(isolated, witnessed || answered, !answered);
    }

    /** Weighs all members' evidence. */
    public Isolation conclude(Collection<Dossier> members, Rules rules) {
        boolean dark = !members.isEmpty() && members.stream().allMatch(Dossier::dark);
        boolean now = dark && (witnessed ? witnessSilent : isolated || alone(members, rules));
        return now == isolated ? this : new Isolation(now, witnessed, witnessSilent);
    }

    private static boolean alone(Collection<Dossier> members, Rules rules) {
        return members.stream().allMatch(Dossier::unrouted) || fellTogether(members, rules) >= 2;
    }

    private static long fellTogether(Collection<Dossier> members, Rules rules) {
        long newest = members.stream()
                .mapToLong(Dossier::silentSinceNanos)
                .reduce((a, b) -> a - b > 0 ? a : b)
                .orElse(0);
        return members.stream()
                .filter(Dossier::alive)
                .filter(m -> newest - m.silentSinceNanos() <= rules.intervalNanos())
                .count();
    }
}

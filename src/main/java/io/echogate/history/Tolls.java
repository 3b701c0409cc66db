package io.echogate.history;

import io.echogate.meter.Takings;
import io.echogate.model.Incident;
import io.echogate.model.Toll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each incident did to requests so far: the members' counters now, less what they were a moment before its failure
 * began. Knows the last seconds of every member. Confined to one thread.
 */
final class Tolls {
    private static final int SECONDS = 16;

    /** After its end, until the last requests that met it are over. */
    private static final int LINGER_SECONDS = 3;

    private final Map<String, Integer> members = new HashMap<>();
    private final long[][] past;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private long second;

    private static final class Account {
        private final Map<Integer, long[]> bases = new HashMap<>();
        private Toll before;
        private long settled = Long.MIN_VALUE;
        private Incident incident;
        private Toll told;

        Account(Incident incident, Toll before) {
            this.incident = incident;
            this.before = before;
            this.told = before;
        }
    }

    /** @param pool names of its members, each at its number */
    Tolls(List<String> pool, long second) {
        for (int i = 0; i < pool.size(); i++) {
            members.put(pool.get(i), i);
        }
        this.past = new long[SECONDS][2 * this.members.size()];
        this.second = second;
    }

    /** The next second begins; what was counted stands until {@link #counted} says more. */
    void turn(long to) {
        long steps = Math.min(Math.max(0, to - second), SECONDS);
        for (long s = to - steps + 1; s <= to; s++) {
            System.arraycopy(at(s - 1), 0, at(s), 0, at(s).length);
        }
        second = to;
    }

    private long[] at(long s) {
        return past[Math.floorMod(s, SECONDS)];
    }

    /** A member's counters, as {@link Takings} has them. */
    void counted(int member, long[] sums) {
        at(second)[2 * member] = sums[Takings.ELSEWHERE];
        at(second)[2 * member + 1] = sums[Takings.FAILED];
    }

    /** An incident is another than before. */
    Toll follow(Incident incident, Toll before) {
        Account account = accounts.computeIfAbsent(incident.id(), id -> new Account(incident, before));
        account.incident = incident;
        Instant began = incident.lastGood() == null ? incident.named() : incident.lastGood();
        for (String name : incident.members()) {
            Integer member = members.get(name);
            if (member != null) {
                long from = Math.max(began.getEpochSecond() - 1, account.settled);
                account.bases.computeIfAbsent(member, m -> base(m, from));
            }
        }
        account.told = toll(account);
        return account.told;
    }

    private long[] base(int member, long from) {
        long[] then = at(Math.clamp(from, second - SECONDS + 1, second));
        return new long[] {then[2 * member], then[2 * member + 1]};
    }

    private Toll toll(Account account) {
        Toll sum = account.before;
        for (Map.Entry<Integer, long[]> base : account.bases.entrySet()) {
            long elsewhere = at(second)[2 * base.getKey()] - base.getValue()[0];
            long failed = at(second)[2 * base.getKey() + 1] - base.getValue()[1];
            sum = sum.plus(new Toll(elsewhere + failed, elsewhere, failed));
        }
        return sum;
    }

    /** Those whose toll is another than was told; those that are over count no more unless they come again. */
    List<Note.Told> news() {
        List<Note.Told> news = new ArrayList<>();
        for (Account account : accounts.values()) {
            Toll now = toll(account);
            if (!now.equals(account.told)) {
                account.told = now;
                news.add(new Note.Told(account.incident, now));
            }
        }
        accounts.values().stream().filter(this::over).forEach(this::settle);
        return news;
    }

    private boolean over(Account account) {
        Instant ended = account.incident.ended();
        return ended != null && second > ended.getEpochSecond() + LINGER_SECONDS;
    }

    private void settle(Account account) {
        account.before = account.told;
        account.bases.clear();
        account.settled = second;
    }

    void forget(String incident) {
        accounts.remove(incident);
    }

    /** By incident, as last told. */
    Map<String, Toll> told() {
        Map<String, Toll> told = new HashMap<>();
        accounts.forEach((id, account) -> told.put(id, account.told));
        return Map.copyOf(told);
    }
}

package io.echogate.exchange;

import io.echogate.config.Config;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.echogate.route.HedgeBudget;
import io.echogate.route.Inquiry;
import io.echogate.route.Loads;
import io.echogate.route.Policy;
import io.echogate.route.RetryBudget;
import io.echogate.route.RetryRule;
import io.echogate.route.Tried;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all exchanges of one event loop share: the newest fleet, the rules, the retry budget. Confined to that loop. */
public final class Surroundings {
    /** IMF-fixdate of RFC 9110 §5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Terms terms;
    private long numbers;
    private final Loads loads;
    private final Seats seats;
    private final Policy policy;
    private final RetryRule rule;
    private final RetryBudget budget;
    private final HedgeBudget hedges;
    private final Trials trials = new Trials();
    private final NobodyServes nobodyServes = new NobodyServes();
    private byte[][] proofs = new byte[0][];
    private @Nullable FirstBytes[] firstBytes = new @Nullable FirstBytes[0];
    private Fleet fleet;
    private boolean draining;
    private byte[] date = new byte[0];
    private long dateSecond = Long.MIN_VALUE;

    /**
     * Nothing is in flight yet.
     *
     * @param chance for the loop alone
     * @param secret what cookies are signed with; the same for all loops
     */
    public Surroundings(Config config, Fleet fleet, RandomGenerator chance, byte[] secret) {
        this(config, fleet, chance, secret, new Seats(null));
    }

    /** @param seats how many requests the members may be given */
    public Surroundings(Config config, Fleet fleet, RandomGenerator chance, byte[] secret, Seats seats) {
        this.seats = seats;
        seats.fleet(fleet);
        this.terms = Terms.of(config);
        this.numbers = chance.nextLong() << Integer.SIZE;
        this.loads = new Loads(fleet.members().size());
        this.policy = Policy.of(config.policy(), fleet, loads, chance, secret);
        this.rule = new RetryRule(config.carry().furtherAttempts());
        this.budget = new RetryBudget(
                config.carry().retryBudgetPercent(), config.carry().retryBudgetFloor());
        this.hedges = new HedgeBudget(config.carry().hedge().budgetPercent());
        this.fleet = fleet;
    }

    /** Takes a newer snapshot; running exchanges are told by {@link Exchange#fleetChanged}. */
    public void fleet(Fleet newer) {
        fleet = newer;
        trials.fleet(newer);
        seats.fleet(newer);
    }

    Trials trials() {
        return trials;
    }

    public Fleet fleet() {
        return fleet;
    }

    /** What time it is, for answers without a {@code Date} (RFC 9110 §6.6.1); until it is known they stay without. */
    public void time(Instant now) {
        if (now.getEpochSecond() != dateSecond) {
            dateSecond = now.getEpochSecond();
            date = Text.bytes("Date: " + DATE.format(now) + "\r\n");
        }
    }

    /** The line of the field, or empty. */
    byte[] date() {
        return date;
    }

    /** From now on every answer is the last one of its connection. */
    public void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    Terms terms() {
        return terms;
    }

    RetryRule rule() {
        return rule;
    }

    RetryBudget budget() {
        return budget;
    }

    HedgeBudget hedges() {
        return hedges;
    }

    NobodyServes nobodyServes() {
        return nobodyServes;
    }

    /** Numbers a request: half of it drawn by chance for this loop, the other half counted. */
    long nextRequest() {
        return numbers++;
    }

    Policy policy() {
        return policy;
    }

    Loads loads() {
        return loads;
    }

    Seats seats() {
        return seats;
    }

    /** An attempt begins at that member. */
    void begin(int member) {
        loads.begin(member);
        seats.take(member);
    }

    /** An attempt that had begun there is over; {@code seated} unless its seat was left before. */
    void end(int member, boolean seated) {
        loads.end(member);
        if (seated) {
            seats.leave(member);
        }
    }

    /** The member to try next, by the policy; null when nobody is left, or nobody with room. */
    @Nullable
    Member choose(Tried tried, Inquiry about, long now) {
        seats.at(now);
        return policy.choose(fleet, tried, about, now);
    }

    /** True when somebody in rotation was not tried yet; changes nobody's turn. */
    boolean someoneLeft(Tried tried) {
        return left(tried) != null;
    }

    /** True when somebody was not tried yet who is known to be well: the next choice is one of those. */
    boolean someoneUpLeft(Tried tried) {
        Member m = left(tried);
        return m != null && m.state() == State.UP;
    }

    private @Nullable Member left(Tried tried) {
        List<Member> rotation = fleet.rotation();
        for (int i = 0; i < rotation.size(); i++) {
            if (!tried.has(rotation.get(i).index())) {
                return rotation.get(i);
            }
        }
        return null;
    }

    /** The member as the newest snapshot has it; itself when the pool has changed. */
    Member newest(Member m) {
        return m.index() < fleet.members().size() ? fleet.at(m.index()) : m;
    }

    /** How long that member usually takes to its first byte, as this loop has seen it. */
    FirstBytes firstBytes(Member m) {
        int i = m.index();
        if (i >= firstBytes.length) {
            firstBytes = Arrays.copyOf(firstBytes, i + 8);
        }
        FirstBytes known = firstBytes[i];
        if (known == null) {
            known = new FirstBytes();
            firstBytes[i] = known;
        }
        return known;
    }

    /** The proof's first field and the name of the second, made once per member. */
    byte[] proof(Member m) {
        int i = m.index();
        if (i >= proofs.length) {
            proofs = Arrays.copyOf(proofs, i + 8);
        }
        byte[] made = proofs[i];
        if (made == null) {
            made = Text.bytes("Echogate-Member: " + m.name() + "\r\nEchogate-Attempts: ");
            proofs[i] = made;
        }
        return made;
    }
}

package io.echogate.exchange;

import io.echogate.config.Config;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.State;
import io.echogate.route.HedgeBudget;
import io.echogate.route.Policy;
import io.echogate.route.RetryBudget;
import io.echogate.route.RetryRule;
import io.echogate.route.Tried;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What all exchanges of one event loop share: the newest fleet, the rules, the retry budget. Confined to that loop. */
public final class Surroundings {
    /** IMF-fixdate of RFC 9110 §5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Terms terms;
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

    public Surroundings(Config config, Fleet fleet) {
        this.terms = Terms.of(config);
        this.policy = Policy.of(config.policy());
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

    @Nullable
    Member choose(Tried tried) {
        return policy.choose(fleet, tried);
    }

    /** The next one, but only if it is known to be well. */
    @Nullable
    Member chooseUp(Tried tried) {
        Member m = choose(tried);
        return m != null && m.state() == State.UP ? m : null;
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

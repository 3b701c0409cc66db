package io.echogate.probe;

import io.echogate.config.Config;
import io.echogate.judge.Dossier;
import io.echogate.judge.Isolation;
import io.echogate.judge.Judge;
import io.echogate.judge.Rules;
import io.echogate.model.Cause;
import io.echogate.model.Echo;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Timing;
import io.echogate.probe.Exchange.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The real pacing and the real judge against a simulated path and member, on a clock that jumps from event to event. A
 * second member, always well, stands by, so that one member's silence is never taken for our own.
 */
final class SimulatedWorld implements Pacer.Asker {
    /** Mean interval of a member that is well: {@code pollFreq} less half of the jitter. */
    static final double MEAN_INTERVAL = 0.95;

    private record Flight(Question q, Fate fate) {}

    private final Pacer pacer;
    private final Rules rules;
    private final Losses losses;
    private final long round;
    private final List<Flight> flights = new ArrayList<>(32);
    private final Dossier other;
    private Course course = Course.well();
    private Exchange exchange;
    private Isolation isolation = Isolation.NONE;
    private Dossier dossier = Dossier.unknown(0);
    private State learned = State.UNKNOWN;
    private State learnedHost = State.UNKNOWN;
    private long now;
    private long skipped;
    private long downs;
    private long downsInOutage;
    private long departures;
    private long asked;

    SimulatedWorld(Config config, Losses losses, RandomGenerator jitter) {
        this.pacer = new Pacer(config, 0, config.icmp().enabled(), jitter, 0);
        this.rules = Rules.of(config);
        this.losses = losses;
        this.round = (long) (config.pollFreq().toNanos() * MEAN_INTERVAL);
        this.exchange = new Exchange(losses, course);
        this.other = wellOne();
    }

    private Dossier wellOne() {
        Echo passed = Echo.of(Kind.HTTP, "S2", 0, 0, 1, Outcome.ANSWERED, "pong");
        return Judge.hear(Dossier.unknown(0), passed, Long.MIN_VALUE, rules);
    }

    /** From now on; what is on its way already keeps its fate. */
    SimulatedWorld course(Course to) {
        course = to;
        exchange = new Exchange(losses, course);
        return this;
    }

    long now() {
        return now;
    }

    /** Nanoseconds that the member has lived through, those skipped included. */
    long lived() {
        return now + skipped;
    }

    State state() {
        return dossier.verdict().state();
    }

    Cause cause() {
        return dossier.verdict().cause();
    }

    /** Times that it was declared DOWN. */
    long downs() {
        return downs;
    }

    /** Those of them after the path had been dead for so long that DOWN was right. */
    long downsInOutage() {
        return downsInOutage;
    }

    /** Times that it left the choice: UP to anything else. */
    long departures() {
        return departures;
    }

    /** HTTP checks begun. */
    long asked() {
        return asked;
    }

    /** One event: an answer, or whatever the pacer is due for. */
    void step() {
        long due = pacer.dueNanos();
        Flight next = earliest(due);
        if (next != null) {
            now = Math.max(now, next.fate.ended());
            arrive(next);
        } else {
            now = Math.max(now, due);
            pacer.tick(now, this);
        }
        if (state() != learned || dossier.hostState() != learnedHost) {
            learned = state();
            learnedHost = dossier.hostState();
            pacer.learn(0, learned, learnedHost, now);
        }
    }

    /** Everything up to that time. */
    SimulatedWorld until(long nanos) {
        while (Math.min(pacer.dueNanos(), earliestEnd()) <= nanos) {
            step();
        }
        return this;
    }

    /** As {@link #until}, counted in {@link #lived}, passing over the time in which nothing can happen. */
    SimulatedWorld live(long nanos) {
        while (lived() < nanos) {
            if (clean()) {
                skipped += losses.skip(now, round, nanos - lived());
            }
            step();
        }
        return this;
    }

    /** Well, without doubt, and nothing on its way that will ever be heard of. */
    private boolean clean() {
        if (state() != State.UP || dossier.hostState() != State.UP) {
            return false;
        }
        for (int i = 0; i < flights.size(); i++) {
            Flight f = flights.get(i);
            if (f.q.open() || f.fate.ended() != Exchange.NEVER) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Flight earliest(long due) {
        Flight first = null;
        long at = due;
        for (int i = 0; i < flights.size(); i++) {
            Flight f = flights.get(i);
            if (f.fate.ended() < at) {
                at = f.fate.ended();
                first = f;
            }
        }
        return first;
    }

    private long earliestEnd() {
        return flights.stream().mapToLong(f -> f.fate.ended()).min().orElse(Exchange.NEVER);
    }

    private void arrive(Flight f) {
        flights.remove(f);
        Outcome outcome = f.fate.outcome();
        if (f.q.open()) {
            heard(f.q, f.fate, outcome);
        } else if (outcome == Outcome.ANSWERED) {
            heard(f.q, f.fate, Outcome.LATE);
        }
    }

    private void heard(Question q, Fate fate, Outcome outcome) {
        boolean acknowledged = fate.acknowledged() <= now;
        Timing timing = Timing.total(now - q.askedNanos());
        Finding finding = new Finding(now, outcome, timing, 0, acknowledged, "");
        judge(finding, q);
        if (outcome != Outcome.OVERDUE) {
            pacer.closed(q, outcome, now);
        }
    }

    private void judge(Finding finding, Question q) {
        State before = state();
        dossier = Judge.hear(dossier, finding.echo(q, "S1"), Long.MIN_VALUE, rules);
        if (dossier.dark() || isolation.holds()) {
            isolation = isolation.conclude(List.of(dossier, other), rules);
        }
        dossier = Judge.conclude(dossier, now, isolation, true, rules);
        State after = state();
        if (before == State.UP && after != State.UP) {
            departures++;
        }
        if (before != State.DOWN && before != State.RECOVERING && after == State.DOWN) {
            downs++;
            downsInOutage += losses.outageNanos(now) >= JudgeSimulation.OUTAGE_NANOS ? 1 : 0;
        }
    }

    @Override
    public void ask(Question q) {
        Fate fate = q.kind() == Kind.HTTP ? exchange.http(now) : exchange.icmp(now);
        asked += q.kind() == Kind.HTTP ? 1 : 0;
        flights.add(new Flight(q, fate));
    }

    private Flight flight(Question q) {
        for (Flight f : flights) {
            if (f.q == q) {
                return f;
            }
        }
        throw new IllegalStateException("not on its way: " + q.kind() + " #" + q.number());
    }

    @Override
    public void overdue(Question q) {
        heard(q, flight(q).fate, Outcome.OVERDUE);
    }

    @Override
    public void expire(Question q) {
        Fate fate = flight(q).fate;
        boolean connected = q.kind() == Kind.ICMP || fate.connected() <= now;
        heard(q, fate, connected ? Outcome.SILENT : Outcome.CONNECT_SILENT);
    }

    @Override
    public void excuse(Question q) {
        throw new IllegalStateException("the simulated loop is never late");
    }

    @Override
    public void forget(Question q) {
        flights.removeIf(f -> f.q == q);
    }
}

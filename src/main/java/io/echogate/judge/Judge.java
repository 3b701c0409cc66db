package io.echogate.judge;

import io.echogate.judge.Dossier.Doubt;
import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Echo;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pure: what an echo changes in what is known of a member, and what is concluded from it.
 *
 * <pre>
 *            pass                     3 corroborated or 6 failures
 *  UNKNOWN ────────► UP ──first doubt──► SUSPECT ────────────────► DOWN
 *      │              ▲ ◄──────pass────────┘                       │ ▲
 *      │              └───2 passes─── RECOVERING ◄──────pass───────┘ │
 *      └──failure──► SUSPECT                └─────────failure────────┘
 * </pre>
 *
 * Over this stands how the member treats clients' requests ({@link Conduct}): one that breaks them is {@code DOWN}, or {@code
 * SUSPECT} while nobody else is up, whatever its pings say, and then {@code RECOVERING} on trial.
 *
 * <p>Who is only watched and has no service is judged by its machine's answers to ICMP in the same way, with their own {@code
 * fall} and {@code rise}; silence has no second fact there.
 *
 * <p>Two steps, so that all members' evidence can be weighed in between ({@link Isolation}): {@link #hear} takes the
 * evidence down, {@link #conclude} draws the verdict from it. Silence convicts early only if a second fact agrees: the
 * request was acknowledged (TCP_INFO), or a host that normally answers ICMP does not. Otherwise one lost SYN in fifty
 * (a fresh connection's SYN is sent again only after 1 s, RFC 6298 §2) would convict innocents.
 */
public final class Judge {
    private Judge() {}

    /**
     * Takes an echo down.
     *
     * @param answeredNanos when a client's own request was last answered by this member; {@link Long#MIN_VALUE} for
     *     never. Such an answer within the second half of a probe's waiting vetoes the probe's silence.
     */
    public static Dossier hear(Dossier dossier, Echo echo, long answeredNanos, Rules rules) {
        if (vetoed(echo, answeredNanos)) {
            return dossier;
        }
        Dossier seen = lifeOrSilence(dossier, echo);
        return switch (echo.kind()) {
            case ICMP -> hearHost(seen, echo, rules);
            case HTTP -> hearService(seen, echo, rules);
            case TRAFFIC -> hearTraffic(seen, echo);
        };
    }

    private static Dossier hearHost(Dossier dossier, Echo echo, Rules rules) {
        Dossier heard = dossier.with(dossier.host().hear(echo, rules));
        return heard.host().alone() ? hearService(heard, echo, rules) : heard;
    }

    private static boolean vetoed(Echo echo, long answeredNanos) {
        boolean waited = echo.outcome() == Outcome.OVERDUE
                || echo.outcome() == Outcome.SILENT
                || echo.outcome() == Outcome.CONNECT_SILENT;
        long half = echo.askedNanos() + (echo.heardNanos() - echo.askedNanos()) / 2;
        return echo.kind() == Kind.HTTP && waited && answeredNanos != Long.MIN_VALUE && answeredNanos - half > 0;
    }

    private static Dossier lifeOrSilence(Dossier dossier, Echo echo) {
        if (Clue.life(echo)) {
            return dossier.living(echo.heardNanos());
        }
        boolean asked = echo.kind() == Kind.HTTP || dossier.host().alone();
        boolean silence = asked && Clue.of(echo).silence();
        boolean since = echo.askedNanos() - dossier.lifeNanos() > 0;
        return silence && since ? dossier.silentFrom(echo.askedNanos()) : dossier;
    }

    private static Dossier hearService(Dossier dossier, Echo echo, Rules rules) {
        return switch (echo.outcome()) {
            case UNSENT -> dossier;
            case LATE -> dossier.with(dossier.service().belated(echo.question(), echo.heardNanos()));
            case OVERDUE -> doubted(dossier, new Doubt(Clue.of(echo), echo.question(), true, Long.MIN_VALUE));
            case ANSWERED -> cleared(dossier.with(marked(dossier, echo, rules)).passed(), echo);
            default ->
                doubted(
                        dossier.with(marked(dossier, echo, rules)),
                        new Doubt(Clue.of(echo), echo.question(), false, Long.MIN_VALUE));
        };
    }

    private static Tape marked(Dossier dossier, Echo echo, Rules rules) {
        boolean corroborated = !echo.outcome().silence() || echo.acknowledged();
        Tape.Mark mark = new Tape.Mark(
                echo.question(), echo.askedNanos(), echo.outcome().failed(), corroborated, Tape.NEVER, Clue.of(echo));
        return dossier.service().with(mark, rules);
    }

    private static Dossier doubted(Dossier dossier, Doubt doubt) {
        List<Tape.Mark> marks = dossier.service().marks();
        boolean overtaken =
                !marks.isEmpty() && !marks.getLast().failed() && marks.getLast().question() > doubt.question();
        return overtaken ? dossier : dossier.with(doubt);
    }

    private static Dossier cleared(Dossier dossier, Echo echo) {
        Doubt doubt = dossier.doubt();
        boolean clears = doubt != null
                && (doubt.afterNanos() == Long.MIN_VALUE
                        ? doubt.silence() || echo.question() >= doubt.question()
                        : echo.askedNanos() - doubt.afterNanos() >= 0);
        return clears ? dossier.with((Doubt) null) : dossier;
    }

    private static Dossier hearTraffic(Dossier dossier, Echo echo) {
        return echo.outcome().failed() ? dossier.with(new Doubt(Clue.of(echo), 0, false, echo.heardNanos())) : dossier;
    }

    /** Takes down how clients' requests were treated. */
    public static Dossier hear(Dossier dossier, Command.Carried carried, Rules rules) {
        return dossier.with(dossier.conduct().hear(carried, dossier.service().passAskedNanos(), rules.outlier()));
    }

    /** Takes down what the host allows: without an ICMP socket, who is asked by ICMP alone is never asked. */
    public static Dossier hear(Dossier dossier, Icmp icmp) {
        Verdict old = dossier.verdict();
        boolean never = icmp.mode() == Icmp.Mode.NONE && dossier.host().alone() && old.state() == State.UNKNOWN;
        return never
                ? dossier.with(new Verdict(
                        State.UNKNOWN,
                        Cause.NONE,
                        old.sinceNanos(),
                        "cannot be asked: ICMP is not to be had here; to open it: " + icmp.remedy()))
                : dossier;
    }

    /**
     * Takes up what an earlier run concluded. It holds where nothing is concluded yet; where the same was, it has lasted
     * since then; otherwise what was heard wins. Who is asked by ICMP alone may never be asked in this run: nothing is
     * adopted for it.
     */
    public static Dossier recall(Dossier dossier, Verdict remembered) {
        Verdict now = dossier.verdict();
        if (now.state() == State.UNKNOWN && !dossier.host().alone()) {
            Dossier proven = remembered.state() == State.UP ? dossier.passed() : dossier;
            return proven.with(remembered);
        }
        boolean longer = now.state() == remembered.state() && remembered.sinceNanos() - now.sinceNanos() < 0;
        return longer
                ? dossier.with(new Verdict(now.state(), now.cause(), remembered.sinceNanos(), now.why()))
                : dossier;
    }

    /**
     * Draws the verdict.
     *
     * @param isolation while it holds, nobody is convicted for being silent
     * @param others another member is up: only then is one that answers pings taken out, or held down
     */
    public static Dossier conclude(Dossier known, long nowNanos, Isolation isolation, boolean others, Rules usual) {
        Rules rules = known.host().alone() ? usual.byHost() : usual;
        State asked = state(known, nowNanos, isolation.holds(), others, rules);
        Dossier dossier = known.withConductAt(nowNanos, asked == State.DOWN && Conviction.due(known, rules));
        State state = Bearing.state(asked, dossier.conduct(), others);
        Cause cause = state == asked ? cause(dossier, state, isolation.isolated(), nowNanos, rules) : Cause.BROKEN;
        Verdict old = dossier.verdict();
        if (state == old.state() && cause == old.cause()) {
            return dossier;
        }
        long since = state == old.state() ? old.sinceNanos() : nowNanos;
        return dossier.with(new Verdict(state, cause, since, Reason.of(dossier, state, cause, rules)));
    }

    private static State state(Dossier dossier, long nowNanos, boolean held, boolean others, Rules rules) {
        State now = dossier.verdict().state();
        boolean guilty = Conviction.due(dossier, rules) && !(held && dossier.dark());
        return switch (now) {
            case UNKNOWN -> guilty ? State.DOWN : fresh(dossier);
            case UP, SUSPECT -> guilty ? State.DOWN : dossier.doubt() == null ? State.UP : State.SUSPECT;
            case DOWN, RECOVERING -> recovery(dossier, now, others && heldDown(dossier, nowNanos, rules), rules);
        };
    }

    private static State fresh(Dossier dossier) {
        if (dossier.proven() && dossier.doubt() == null) {
            return State.UP;
        }
        return dossier.service().failures().isEmpty() && !dossier.proven() ? State.UNKNOWN : State.SUSPECT;
    }

    private static State recovery(Dossier dossier, State now, boolean heldDown, Rules rules) {
        int passes = dossier.service().passes();
        if (passes >= rules.rise() && !heldDown) {
            return dossier.doubt() == null ? State.UP : now;
        }
        return passes > 0 ? State.RECOVERING : State.DOWN;
    }

    /** It flaps, and has not answered for long enough since it was last DOWN. */
    private static boolean heldDown(Dossier dossier, long nowNanos, Rules rules) {
        Verdict now = dossier.verdict();
        long hold = dossier.steadiness().holdNanos(rules.holdDownNanos());
        return hold > 0 && (now.state() == State.DOWN || nowNanos - now.sinceNanos() < hold);
    }

    private static Cause cause(Dossier dossier, State state, boolean isolated, long now, Rules rules) {
        return switch (state) {
            case UNKNOWN, UP -> Cause.NONE;
            case RECOVERING -> dossier.verdict().cause();
            case SUSPECT, DOWN ->
                isolated && dossier.dark() && state == State.SUSPECT
                        ? Cause.ISOLATED
                        : Conviction.cause(dossier, clue(dossier), now, rules);
        };
    }

    private static Clue clue(Dossier dossier) {
        List<Tape.Mark> failures = dossier.service().failures();
        @Nullable Doubt doubt = dossier.doubt();
        boolean overdue = doubt != null
                && (failures.isEmpty() || doubt.question() > failures.getLast().question());
        if (overdue || failures.isEmpty()) {
            return doubt == null ? Clue.NOTHING : doubt.clue();
        }
        return failures.getLast().clue();
    }
}

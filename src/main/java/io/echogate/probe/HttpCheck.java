package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.echogate.net.Dialer;
import io.echogate.net.Errno;
import io.echogate.net.Line;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One {@code GET}, or where nothing is to be sent only the connecting, over a connection of its own, since a kept one would hide that new ones are no longer accepted.
 * Confined to the probe loop. Has no timers: the pacer says when it is overdue and when time is up.
 */
final class HttpCheck implements Check, Line.Ear {
    private final Question question;
    private final PingAnswers answers;
    private final byte[] request;
    private final Clock clock;
    private final Ear ear;
    private @Nullable Line line;
    private @Nullable PingAnswer answer;
    private long resolved = Timing.UNREACHED;
    private long connected = Timing.UNREACHED;
    private long firstByte = Timing.UNREACHED;
    private boolean expired;
    private boolean done;

    HttpCheck(Question question, PingAnswers answers, byte[] request, Clock clock, Ear ear) {
        this.question = question;
        this.answers = answers;
        this.request = request;
        this.clock = clock;
        this.ear = ear;
    }

    @Override
    public Question question() {
        return question;
    }

    /** The member's name does not resolve. */
    void unresolved(String why) {
        finish(Outcome.UNRESOLVED, why);
    }

    /** Goes on now that the address is known, {@code after} nanoseconds of looking the name up; 0 for an address. */
    void connect(Dialer dialer, InetSocketAddress to, long after) {
        resolved = after;
        Line dialled = dialer.dial(to, request, this);
        line = dialled;
    }

    boolean waitsForName() {
        return !done && resolved == Timing.UNREACHED;
    }

    @Override
    public void connected() {
        connected = elapsed();
        if (request.length == 0) {
            finish(Outcome.ANSWERED, "connected in " + Spell.millis(connected));
        }
    }

    @Override
    public void heard(ByteBuf some) {
        if (answer == null) {
            answer = answers.borrow();
            firstByte = elapsed();
        }
        PingAnswer.Result result = answer.feed(some);
        if (result != null) {
            finish(result);
        }
    }

    @Override
    public void ended() {
        closed("connection closed");
    }

    @Override
    public void failed(int errno, String words) {
        if (connected == Timing.UNREACHED) {
            finish(Errno.outcome(errno), "connecting failed after " + Spell.millis(elapsed()) + ": " + words);
        } else {
            closed(errno == Errno.ECONNRESET ? "connection reset" : "connection broken");
        }
    }

    private void closed(String how) {
        finish(answer == null ? PingAnswer.none(how) : answer.closed(how));
    }

    private void finish(PingAnswer.Result result) {
        boolean whole = result.outcome() == Outcome.ANSWERED;
        finish(result.outcome(), whole ? result.detail() + " in " + Spell.millis(elapsed()) : result.detail());
    }

    private void finish(Outcome outcome, String detail) {
        done = true;
        boolean late = outcome == Outcome.ANSWERED && expired;
        if (late || !expired) {
            tell(late ? Outcome.LATE : outcome, detail, clock.nanos());
        }
        if (line != null && outcome == Outcome.ANSWERED) {
            line.hangUp();
        } else if (line != null) {
            line.abort();
        }
        giveBack();
    }

    private void giveBack() {
        if (answer != null) {
            answers.giveBack(answer);
            answer = null;
        }
    }

    /** Says nothing while the name is looked up: nobody has been asked yet who could be silent. */
    @Override
    public void overdue(long now) {
        if (waitsForName()) {
            return;
        }
        tell(Outcome.OVERDUE, soFar() + ", " + missing() + " for " + Spell.millis(now - question.askedNanos()), now);
    }

    @Override
    public void expire(long now) {
        expired = true;
        tell(silence(), soFar() + ", " + missing() + " within " + Spell.millis(question.timeoutNanos()), now);
    }

    private Outcome silence() {
        if (resolved == Timing.UNREACHED) {
            return Outcome.UNRESOLVED;
        }
        if (connected == Timing.UNREACHED) {
            return Outcome.CONNECT_SILENT;
        }
        return firstByte == Timing.UNREACHED ? Outcome.SILENT : Outcome.STALLED;
    }

    private String soFar() {
        if (resolved == Timing.UNREACHED) {
            return "name looked up";
        }
        if (connected == Timing.UNREACHED) {
            return "SYN sent";
        }
        String connect = "connected in " + Spell.millis(connected);
        if (answer != null) {
            return connect + ", answer began after " + Spell.millis(firstByte) + ", " + answer.read() + " bytes came";
        }
        return connect + (acknowledged() ? ", request acknowledged" : ", request not acknowledged");
    }

    private String missing() {
        return switch (silence()) {
            case UNRESOLVED -> "no address";
            case CONNECT_SILENT -> "no connection";
            case STALLED -> "not complete";
            default -> "no answer";
        };
    }

    private boolean acknowledged() {
        return line != null && line.acknowledged();
    }

    private void tell(Outcome outcome, String detail, long now) {
        Timing timing = new Timing(resolved, connected, firstByte, now - question.askedNanos());
        boolean reached = firstByte != Timing.UNREACHED || acknowledged();
        ear.heard(question, new Finding(now, outcome, timing, answer == null ? 0 : answer.status(), reached, detail));
    }

    @Override
    public void forget() {
        done = true;
        if (line != null) {
            line.abort();
        }
        giveBack();
    }

    private long elapsed() {
        return clock.nanos() - question.askedNanos();
    }
}

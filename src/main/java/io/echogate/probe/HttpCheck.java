package io.echogate.probe;

import io.echogate.clock.Clock;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.echogate.net.Errno;
import io.echogate.net.Route;
import io.echogate.net.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code GET} over a connection of its own, since a kept one would hide that new ones are no longer accepted.
 * Confined to the probe loop. Has no timers: the pacer says when it is overdue and when time is up.
 */
final class HttpCheck extends ChannelInboundHandlerAdapter implements Check {
    private static final Logger log = LoggerFactory.getLogger(HttpCheck.class);

    private final Question question;
    private final PingAnswer answer;
    private final byte[] request;
    private final Clock clock;
    private final Ear ear;
    private @Nullable Channel channel;
    private @Nullable InetAddress to;
    private long resolved = Timing.UNREACHED;
    private long connected = Timing.UNREACHED;
    private long firstByte = Timing.UNREACHED;
    private boolean flushed;
    private boolean expired;
    private boolean done;

    HttpCheck(Question question, PingAnswer answer, byte[] request, Clock clock, Ear ear) {
        this.question = question;
        this.answer = answer;
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

    /** The connection was begun; {@code after} nanoseconds of looking the name up, 0 for an address. */
    void connecting(InetAddress address, ChannelFuture connect, long after, EventLoop loop) {
        to = address;
        resolved = after;
        channel = connect.channel();
        connect.addListener(f -> {
            if (loop.inEventLoop()) {
                connected(connect);
            } else {
                loop.execute(
                        () -> connected(connect)); // without a descriptor there is no channel and no loop of its own
            }
        });
    }

    private void connected(ChannelFuture connect) {
        if (done) {
            abort();
        } else if (connect.isSuccess()) {
            send(connect.channel());
        } else {
            connectFailed(connect.cause());
        }
    }

    boolean waitsForName() {
        return !done && resolved == Timing.UNREACHED;
    }

    private void send(Channel c) {
        connected = elapsed();
        c.writeAndFlush(Unpooled.wrappedBuffer(request)).addListener(f -> flushed = f.isSuccess());
    }

    private void connectFailed(@Nullable Throwable cause) {
        int errno = cause == null ? 0 : Errno.of(cause);
        if (errno == Errno.EHOSTUNREACH && to != null) {
            int route = Route.errno(to);
            errno = route == 0 ? errno : route;
        }
        String why = errno == 0 ? String.valueOf(cause) : Errno.words(errno);
        finish(Errno.outcome(errno), "connecting failed after " + Spell.millis(elapsed()) + ": " + why);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (done) {
                return;
            }
            firstByte = firstByte == Timing.UNREACHED ? elapsed() : firstByte;
            PingAnswer.Result result = answer.feed(in);
            if (result != null) {
                finish(result);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!done) {
            finish(answer.closed("connection closed"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        int errno = Errno.of(cause);
        if (errno == 0) {
            log.warn("probe_connection_failed", cause);
        }
        if (!done) {
            finish(answer.closed(errno == Errno.ECONNRESET ? "connection reset" : "connection broken"));
        }
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
        if (outcome == Outcome.ANSWERED && channel != null) {
            ChannelFuture _ = channel.close();
        } else {
            abort();
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
        if (firstByte != Timing.UNREACHED) {
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
        return flushed && channel != null && TcpInfo.acknowledged(channel);
    }

    private void tell(Outcome outcome, String detail, long now) {
        Timing timing = new Timing(resolved, connected, firstByte, now - question.askedNanos());
        boolean reached = firstByte != Timing.UNREACHED || acknowledged();
        ear.heard(question, new Finding(now, outcome, timing, answer.status(), reached, detail));
    }

    @Override
    public void forget() {
        done = true;
        abort();
    }

    /** Closes by a reset: nothing more is wanted, and nothing must linger in the kernel. */
    private void abort() {
        if (channel != null && channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            ChannelFuture _ = channel.close();
        }
    }

    private long elapsed() {
        return clock.nanos() - question.askedNanos();
    }
}

package io.echogate.machine;

import io.echogate.http.BodyDecoder;
import io.echogate.http.Fault;
import io.echogate.http.Framing;
import io.echogate.http.HeadLimits;
import io.echogate.http.Progress;
import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection. Confined to its event loop.
 *
 * <pre>
 *  HEAD ──head complete──▶ BODY ──drained, answered──▶ HEAD
 *    │ malformed, too slow   │ malformed, too much        │ client is done, or asked to close
 *    └───────────────────────┴──────────▶ CLOSING ◀───────┘   last answer out, output shut, input thrown away
 * </pre>
 */
final class MachineConnection extends ChannelInboundHandlerAdapter {
    /** A query of this size still gets a 400 that says what is wrong with it; a longer one a 414. */
    static final HeadLimits LIMITS = new HeadLimits(64 * 1024, 100, 32 * 1024);

    /** Bytes of a request's body that are read, only to be thrown away. */
    static final long BODY_LIMIT = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(MachineConnection.class);

    private enum Stage {
        HEAD,
        BODY,
        CLOSING
    }

    private enum Timing {
        NOTHING,
        IDLE,
        REQUEST
    }

    private final Machine machine;
    private final Patience patience;
    private final HttpDate date;
    private final RequestHead head = new RequestHead(LIMITS);
    private final BodyDecoder body = new BodyDecoder();
    private Stage stage = Stage.HEAD;
    private Timing timing = Timing.NOTHING;
    private @Nullable Future<?> timer;
    private long drained;

    MachineConnection(Machine machine, Patience patience, HttpDate date) {
        this.machine = machine;
        this.patience = patience;
        this.date = date;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        keepTime(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && stage != Stage.CLOSING) {
                if (stage == Stage.HEAD) {
                    takeHead(ctx, in);
                } else {
                    drain(ctx, in);
                }
            }
        } finally {
            in.release();
        }
    }

    private void takeHead(ChannelHandlerContext ctx, ByteBuf in) {
        switch (head.feed(in)) {
            case MORE -> {}
            case BAD -> refuse(ctx, head.fault());
            case DONE -> beginBody(ctx, in);
        }
    }

    private void beginBody(ChannelHandlerContext ctx, ByteBuf in) {
        body.start(head.framing(), head.length());
        drained = 0;
        stage = Stage.BODY;
        if (head.length() > BODY_LIMIT) {
            last(ctx, Answer.line(413, "no body is needed, and none of more than " + BODY_LIMIT + " bytes is read"));
        } else if (head.expectsContinue() && head.framing() != Framing.NONE) {
            last(ctx, answer());
        } else {
            drain(ctx, in);
        }
    }

    private void drain(ChannelHandlerContext ctx, ByteBuf in) {
        for (int n = body.next(in); n > 0; n = body.next(in)) {
            in.skipBytes(n);
            drained += n;
        }
        if (body.progress() == Progress.BAD) {
            refuse(ctx, body.fault());
        } else if (drained > BODY_LIMIT) {
            last(ctx, Answer.line(413, "no body is needed, and none of more than " + BODY_LIMIT + " bytes is read"));
        } else if (body.progress() == Progress.DONE) {
            reply(ctx);
        }
    }

    private void reply(ChannelHandlerContext ctx) {
        Answer answer = answer();
        if (!head.keepAlive()) {
            last(ctx, answer);
            return;
        }
        String connection = head.minor() == 0 ? "keep-alive" : "";
        var _ = ctx.write(answer.encode(ctx.alloc(), head.verb() == Verb.HEAD, connection, date.now()));
        head.reset();
        stage = Stage.HEAD;
        stopTimer();
    }

    private Answer answer() {
        return machine.answer(head.verb(), head.path());
    }

    private void refuse(ChannelHandlerContext ctx, @Nullable Fault fault) {
        Fault why = Objects.requireNonNull(fault, "a refusal has a fault");
        last(ctx, Answer.line(why.status(), why.words()));
    }

    /** Answers, and reads no more. The input is thrown away for a while: closing at once could reset the answer. */
    private void last(ChannelHandlerContext ctx, Answer answer) {
        stage = Stage.CLOSING;
        stopTimer();
        timer = ctx.executor().schedule(() -> close(ctx), patience.lingering().toMillis(), TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(answer.encode(ctx.alloc(), head.verb() == Verb.HEAD, "close", date.now()))
                .addListener(_ -> shutOutput(ctx));
    }

    private static void shutOutput(ChannelHandlerContext ctx) {
        var _ = ((SocketChannel) ctx.channel()).shutdownOutput();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        keepTime(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    /** A request's time runs from its first byte and is not prolonged by further ones. */
    private void keepTime(ChannelHandlerContext ctx) {
        Timing wanted = stage == Stage.BODY || head.begun() ? Timing.REQUEST : Timing.IDLE;
        if (stage == Stage.CLOSING || wanted == timing || !ctx.channel().isActive()) {
            return;
        }
        stopTimer();
        timing = wanted;
        Duration limit = wanted == Timing.IDLE ? patience.idle() : patience.request();
        timer = ctx.executor().schedule(() -> overdue(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void overdue(ChannelHandlerContext ctx) {
        if (timing == Timing.REQUEST) {
            last(ctx, Answer.line(408, "the request took too long"));
        } else {
            close(ctx);
        }
    }

    private static void close(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private void stopTimer() {
        timing = Timing.NOTHING;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTimer();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("machine_connection_lost reason={}", cause.getMessage());
        } else {
            log.error("machine_connection_failed", cause);
        }
        close(ctx);
    }
}

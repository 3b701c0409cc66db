package io.echogate.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * Opens connections by direct system calls: seven of them for a question and its answer. All lines hang on one {@link
 * EpollHub}, so that however many are ready are taken in together.
 */
final class EpollDialer implements Dialer, EpollHub.Owner {
    private static final int BUFFER = 16 << 10;

    final Libc libc;
    final EpollHub hub;
    final MemorySegment address;
    final MemorySegment value;
    final MemorySegment valueSize;
    final MemorySegment buffer;
    final ByteBuf heard;

    private EpollDialer(EventLoop loop) {
        Arena memory = Arena.ofAuto();
        this.address = memory.allocate(IcmpFamily.ADDRESS_SIZE, 8);
        this.value = memory.allocate(EpollLine.TCP_INFO_SIZE, 8);
        this.valueSize = memory.allocate(Integer.BYTES, 4);
        this.buffer = memory.allocate(BUFFER, 8);
        this.heard = Unpooled.wrappedBuffer(buffer.asByteBuffer());
        this.hub = EpollHub.on(loop, memory, this);
        this.libc = hub.libc;
    }

    static EpollDialer on(EventLoop loop) {
        return new EpollDialer(loop);
    }

    @Override
    public Line dial(InetSocketAddress to, byte[] question, Line.Ear ear) {
        EpollLine line = new EpollLine(this, question, ear);
        line.connect(to);
        return line;
    }

    /** At most as often as all lines together can fill the room for what is reported: a flood must not hold up the loop. */
    @Override
    public void read() {
        int most = hub.places() / EpollHub.EVENTS + 1;
        for (int i = 0; i < most && hub.some() == EpollHub.EVENTS; i++) {}
    }

    @Override
    public void ready() {
        hub.some();
    }

    @Override
    public void close() {
        hub.all().forEach(line -> ((EpollLine) line).abort());
    }
}

package io.echogate.exchange;

import io.echogate.clock.Chance;
import io.echogate.config.CarryRules;
import io.echogate.config.Config;
import io.echogate.config.Limits;
import io.echogate.http.Fault;
import io.echogate.http.RequestHead;
import io.echogate.model.Cause;
import io.echogate.model.Drill;
import io.echogate.model.Failure;
import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.RequestTrace.Try;
import io.echogate.model.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An exchange without a network: the test says what comes in, this writes down what goes out. S1 to S3 are UP at first. */
final class Stage implements Actions {
    private static final Pattern NUMBER = Pattern.compile("Echogate-Request: ([0-9a-f]{16})\r\n");
    private static final long MILLI = 1_000_000;
    static final String CLIENT = "9.8.7.6";
    private final StringBuilder toClient = new StringBuilder();
    private final StringBuilder toMember = new StringBuilder();
    private final StringBuilder toSpare = new StringBuilder();
    final List<String> log = new ArrayList<>();
    final List<String> proofs = new ArrayList<>(); // what became of each request that is over, and of its attempts

    private final Surroundings around;
    final Exchange exchange;
    private final List<ByteBuf> allocated = new ArrayList<>();
    private Fleet fleet;
    private long now = 1_000_000_000_000L;
    private boolean readingClient = true;
    private boolean readingMember = true;
    private boolean pooled;
    private int lineRoom = 1;
    boolean inLine;
    int nudges;

    Stage() {
        this(Configs.with(false, Limits.DEFAULT, CarryRules.DEFAULT));
    }

    Stage(Config config) {
        this(config, Fleets.all(State.UP, address(1), address(2), address(3)));
    }

    /** One whose members may be given that many requests at once; the line has room for {@code queue}. */
    Stage(Config config, Seats seats, int queue) {
        fleet = Fleets.all(State.UP, address(1), address(2), address(3));
        around = new Surroundings(config, fleet, Chance.seeded(1), new byte[32], seats);
        exchange = new Exchange(around, this, CLIENT, now);
        lineRoom = queue;
    }

    /** One that begins with that snapshot. */
    Stage(Config config, Fleet first) {
        fleet = first;
        around = new Surroundings(config, fleet, Chance.seeded(1), new byte[32]);
        exchange = new Exchange(around, this, CLIENT, now);
    }

    /** One more client, on the same loop and at the same time. */
    Stage(Stage other) {
        fleet = other.fleet;
        around = other.around;
        now = other.now;
        exchange = new Exchange(around, this, CLIENT, now);
    }

    private static InetSocketAddress address(int n) {
        return new InetSocketAddress("127.0.0." + n, 3000);
    }

    private static String wire(String text) {
        return text.replace("\n", "\r\n");
    }

    private static ByteBuf bytes(String wire) {
        return Unpooled.wrappedBuffer(wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Bytes from the client; line ends become CRLF. */
    Stage client(String block) {
        return clientRaw(wire(block));
    }

    Stage clientRaw(String text) {
        ByteBuf in = bytes(text);
        exchange.clientBytes(in, now);
        in.release();
        return this;
    }

    /** Bytes from the member; line ends become CRLF. */
    Stage member(String block) {
        return memberRaw(wire(block));
    }

    Stage memberRaw(String text) {
        ByteBuf in = bytes(text);
        exchange.memberBytes(in, now);
        in.release();
        return this;
    }

    Stage connected() {
        exchange.memberConnected(false, now);
        return this;
    }

    Stage reused() {
        exchange.memberConnected(true, now);
        return this;
    }

    /** From now on there is an idle connection to every member. */
    Stage pooled() {
        pooled = true;
        return this;
    }

    /** From now on there are no idle connections. */
    Stage cold() {
        pooled = false;
        return this;
    }

    Stage refused() {
        exchange.memberFailed(Failure.Kind.REFUSED, now);
        return this;
    }

    /** Bytes from the member of the second attempt; line ends become CRLF. */
    Stage spare(String block) {
        exchange.spareBytes(bytes(wire(block)), now);
        return this;
    }

    Stage spareConnected() {
        exchange.spareConnected(false, now);
        return this;
    }

    Stage spareRefused() {
        exchange.spareFailed(Failure.Kind.REFUSED, now);
        return this;
    }

    Stage spareClosed() {
        exchange.spareClosed(now);
        return this;
    }

    Stage memberClosed() {
        exchange.memberClosed(false, now);
        return this;
    }

    Stage memberReset() {
        exchange.memberClosed(true, now);
        return this;
    }

    /** Moves time, as the wheel does, and lets every deadline fire that passes on the way. */
    Stage pass(long millis) {
        long until = now + millis * MILLI;
        while (exchange.deadline() <= until) {
            now = Math.max(now, exchange.deadline());
            exchange.timeIsUp(now);
        }
        now = until;
        return this;
    }

    Stage state(int member, State state) {
        return shows(Fleets.with(fleet, member - 1, state));
    }

    Stage state(int member, State state, Cause cause) {
        return shows(Fleets.with(fleet, member - 1, state, cause));
    }

    /** An operator drains that member. */
    Stage drained(int member) {
        return shows(Fleets.with(fleet, member - 1, Fleets.drain(now)));
    }

    /** There is a newer snapshot. */
    Stage shows(Fleet newer) {
        fleet = newer;
        around.fleet(fleet);
        exchange.fleetChanged(now);
        return this;
    }

    /** The deadline of that member's order has come; true when something was cut. */
    boolean evict(int member) {
        return exchange.evict(member - 1, now);
    }

    /** There may be room for what waits. */
    Stage roomPerhaps() {
        exchange.roomPerhaps(now);
        return this;
    }

    @Override
    public void play(Member member, Drill.Mode mode) {
        log.add("play " + mode + " " + member.name());
    }

    @Override
    public void spared() {
        log.add("spared");
    }

    @Override
    public boolean waits(boolean on) {
        inLine = on && lineRoom > 0;
        return inLine;
    }

    Stage clientEnded() {
        exchange.clientEnded(now);
        return this;
    }

    Stage clientClosed() {
        exchange.clientClosed(now);
        return this;
    }

    /** So much of the body went straight to the member. */
    Stage clientMoved(int bytes) {
        exchange.clientMoved(bytes, now);
        return this;
    }

    /** So much of the body went straight to the client. */
    Stage memberMoved(int bytes) {
        exchange.memberMoved(bytes, now);
        return this;
    }

    Stage clientWritable(boolean writable) {
        exchange.clientWritable(writable, now);
        return this;
    }

    Stage memberWritable(boolean writable) {
        exchange.memberWritable(writable, now);
        return this;
    }

    Stage drain() {
        around.drain();
        exchange.drain(now);
        return this;
    }

    /** Ends the connection and says how many buffers nobody gave back. */
    long leaks() {
        exchange.clientClosed(now);
        return allocated.stream().filter(b -> b.refCnt() > 0).count();
    }

    Surroundings around() {
        return around;
    }

    /** What the client got since the last look, CRLF as plain line ends, requests' numbers left out. */
    String clientGot() {
        return unnumbered(taken(toClient));
    }

    /** The numbers of the requests that were answered since the last look. */
    List<String> numbers() {
        return NUMBER.matcher(clientGotRaw()).results().map(r -> r.group(1)).toList();
    }

    /** What the members got since the last look, CRLF as plain line ends. */
    String memberGot() {
        return unnumbered(taken(toMember));
    }

    /** What members got by second attempts since the last look, CRLF as plain line ends. */
    String spareGot() {
        return unnumbered(taken(toSpare));
    }

    /** The same, byte for byte. */
    String memberGotRaw() {
        String s = toMember.toString();
        toMember.setLength(0);
        return s;
    }

    /** The same of the client. */
    String clientGotRaw() {
        String s = toClient.toString();
        toClient.setLength(0);
        return s;
    }

    private static String unnumbered(String text) {
        return text.replaceAll("Echogate-Request: [0-9a-f]{16}\n", "");
    }

    private static String taken(StringBuilder b) {
        String s = b.toString().replace("\r\n", "\n");
        b.setLength(0);
        return s;
    }

    /** Actions since the last look. */
    List<String> did() {
        List<String> did = List.copyOf(log);
        log.clear();
        return did;
    }

    boolean readsClient() {
        return readingClient;
    }

    boolean readsMember() {
        return readingMember;
    }

    /** " | S1 hedge RESET 3", or " | S1 reused answered 3": in milliseconds. */
    private static String told(Try t) {
        return " | " + t.member() + (t.reused() ? " reused" : "") + (t.hedge() ? " hedge" : "") + " "
                + (t.failure() == null ? "answered" : t.failure()) + " " + t.took() / MILLI;
    }

    private static void take(ByteBuf bytes, StringBuilder into) {
        into.append(new String(ByteBufUtil.getBytes(bytes), StandardCharsets.ISO_8859_1));
        bytes.release();
    }

    @Override
    public ByteBuf allocate(int capacity) {
        ByteBuf b = UnpooledByteBufAllocator.DEFAULT.heapBuffer(capacity);
        allocated.add(b);
        return b;
    }

    @Override
    public void toClient(ByteBuf bytes) {
        take(bytes, toClient);
    }

    @Override
    public void toMember(ByteBuf bytes) {
        take(bytes, toMember);
    }

    @Override
    public void moveToClient(long bytes) {
        log.add("move " + bytes + " to client");
    }

    @Override
    public void moveToMember(long bytes) {
        log.add("move " + bytes + " to member");
    }

    @Override
    public void readClient(boolean on) {
        readingClient = on;
    }

    @Override
    public void nudgeMember() {
        nudges++;
    }

    @Override
    public void readMember(boolean on) {
        readingMember = on;
    }

    @Override
    public boolean connect(Member member, boolean fresh) {
        readingMember = true;
        log.add((fresh ? "connect fresh " : "connect ") + member.name());
        return pooled && !fresh;
    }

    @Override
    public void connectSpare(Member member) {
        log.add("spare " + member.name());
        if (pooled) {
            exchange.spareConnected(true, now);
        }
    }

    @Override
    public void toSpare(ByteBuf bytes) {
        take(bytes, toSpare);
    }

    @Override
    public void promoteSpare() {
        readingMember = true;
        log.add("promote");
    }

    @Override
    public void dropSpare() {
        log.add("drop spare");
    }

    @Override
    public void hedged(Hedge.End how) {
        log.add("hedge " + how);
    }

    @Override
    public void connectPage() {
        log.add("connect page");
    }

    @Override
    public void release() {
        log.add("release");
    }

    @Override
    public void drop() {
        log.add("drop");
    }

    @Override
    public void endMember() {
        log.add("end member");
    }

    @Override
    public void endClient(Ending how) {
        log.add("end " + how);
    }

    @Override
    public void begun(long number) {}

    @Override
    public void finished(@Nullable Member member, RequestHead request, int status, long nanos, Tries tries) {
        proofs.add(tries.result(member, status)
                + tries.list().stream().map(Stage::told).collect(Collectors.joining()));
        log.add("finished " + (member == null ? "us" : member.name()) + " " + status);
    }

    @Override
    public void attempted(Member member, Failure.@Nullable Kind why) {}

    @Override
    public void connected(Member member, long nanos) {}

    @Override
    public void firstByte(Member member, long nanos, long at) {}

    @Override
    public void retried(Failure.Kind why) {
        log.add("retry " + why);
    }

    @Override
    public void heard(Member member, Outcome outcome, long asked, long at, String detail) {
        log.add("heard " + member.name() + " " + outcome);
    }

    @Override
    public void refused(Fault why) {
        log.add("refused " + why);
    }

    @Override
    public void refused(Refusal why) {
        log.add("refused " + why);
    }
}

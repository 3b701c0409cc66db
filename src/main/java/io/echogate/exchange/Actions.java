package io.echogate.exchange;

import io.echogate.http.Fault;
import io.echogate.http.RequestHead;
import io.echogate.model.Drill;
import io.echogate.model.Failure;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Exchange} does to the world: one implementation binds it to sockets, another one writes it down in
 * tests. Called on the exchange's own thread. Buffers given away are the receiver's to release.
 */
public interface Actions {
    /** A buffer to write into. */
    ByteBuf allocate(int capacity);

    void toClient(ByteBuf bytes);

    void toMember(ByteBuf bytes);

    /**
     * Has what the member sends next go straight to the client, behind what was written there, up to that many bytes; told by
     * {@link Exchange#memberMoved}. Where that cannot be, or not any longer, {@link Exchange#memberBytes} has them as ever.
     */
    void moveToClient(long bytes);

    /** The same from the client to the member, told by {@link Exchange#clientMoved}. */
    void moveToMember(long bytes);

    /** Reads the client's bytes, or leaves them in the kernel. */
    void readClient(boolean on);

    /** Reads the member's bytes, or leaves them in the kernel. */
    void readMember(boolean on);

    /** Has it found out whether the member's host still knows the connection; it hears of it like of any other end. */
    void nudgeMember();

    /**
     * Asks for a connection to that member: true when a kept one is there at once, and never with {@code fresh}; else answered
     * later by {@link Exchange#memberConnected} or {@link Exchange#memberFailed}.
     */
    boolean connect(Member member, boolean fresh);

    /**
     * Has that member's failure played instead: a connection that leads nowhere, or none. Answered as {@link #connect} is, or
     * not at all.
     */
    void play(Member member, Drill.Mode mode);

    /** The request goes to the member in earnest although its failure is played: nobody else could answer in its place. */
    void spared();

    /** Asks for a connection to the page, answered likewise. */
    void connectPage();

    /** The member's connection is clean and may serve another request. */
    void release();

    /** The member's connection, or the attempt to have one, is of no more use. No further event comes from it. */
    void drop();

    /**
     * Asks for a second connection beside the first; answered, perhaps at once, by {@link Exchange#spareConnected} or {@link
     * Exchange#spareFailed}. Always the last thing that an exchange does.
     */
    void connectSpare(Member member);

    void toSpare(ByteBuf bytes);

    /** The second connection takes the place of the first, which is of no more use. */
    void promoteSpare();

    /** The second connection, or the attempt to have one, is of no more use. No further event comes from it. */
    void dropSpare();

    /** Ends our direction of the member's connection once everything is written; the answer goes on. */
    void endMember();

    /** Ends the client's connection. */
    void endClient(Ending how);

    /** How a client's connection ends. */
    enum Ending {
        /** Once everything is written. */
        CLOSE,
        /** Once everything is written for our direction; the client's goes on being read. */
        HALF,
        /** At once and visibly: what was sent is not all. */
        RESET
    }

    /**
     * Waits for a member with room, answered by {@link Exchange#roomPerhaps}, or no longer; false when too many do
     * already.
     */
    boolean waits(boolean on);

    /**
     * A request's head was read.
     *
     * @param number unique for a run of the monitor; stands in the answer
     */
    void begun(long number);

    /**
     * A request is over.
     *
     * @param member who answered, null when we did
     * @param status the final status that went to the client, 0 when none did
     * @param nanos from its head being read
     * @param tries how it went on the members; reused for the next request
     */
    void finished(@Nullable Member member, RequestHead request, int status, long nanos, Tries tries);

    /**
     * An attempt is over.
     *
     * @param why null when its answer was passed on whole
     */
    void attempted(Member member, Failure.@Nullable Kind why);

    /** A connection to the member was made in that time. */
    void connected(Member member, long nanos);

    /** The first byte of the member's answer came this long after the request was sent. */
    void firstByte(Member member, long nanos, long now);

    /** The request is sent again because of that. */
    void retried(Failure.Kind why);

    /** A second attempt beside the first has ended. */
    void hedged(Hedge.End how);

    /** Passive evidence against a member, asked and heard at these monotonic times. */
    void heard(Member member, Outcome outcome, long asked, long now, String detail);

    /** A client's head or body was refused. */
    void refused(Fault why);

    /** A request was refused for another reason. */
    void refused(Refusal why);
}

package io.echogate.net;

/** What becomes of echo requests. Called on the thread that sends and reads, from within those calls. */
public interface IcmpEar {
    /**
     * The request left.
     *
     * @param tag as given to {@link IcmpSocket#put}
     * @param atNanos monotonic time, within the batch that it left in worked out by its place
     */
    void left(int tag, long atNanos);

    /**
     * The kernel refused to send the request, and an older error is not the reason.
     *
     * @param errno of {@link Errno}
     */
    void refused(int tag, int errno, long atNanos);

    /**
     * An echo reply to one of our requests came.
     *
     * @param nonce as given to {@link IcmpSocket#put}
     * @param atNanos monotonic time at which the kernel received it
     */
    void answered(long nonce, long atNanos);

    /** Somebody says that a request of ours did not arrive. */
    void failed(IcmpError error, long atNanos);

    /** So many answers came and found the receive buffer full: as good as never sent. */
    void overflowed(long answers);
}

package io.echogate.net;

/** A pipe of the kernel's, and how many bytes are in it. Confined to the loop that made it. */
final class Pipe {
    /** What fits into it, and is moved at once; 1 MiB was no better in a trial. */
    static final int SIZE = 256 << 10;

    private final StreamCalls calls;
    private final int out;
    private final int in;
    private int held;

    Pipe(StreamCalls calls, int out, int in) {
        this.calls = calls;
        this.out = out;
        this.in = in;
    }

    /** Moves at most that much of what a socket has received in; how much, 0 at the stream's end, or the error negated. */
    int fill(int socket, long most) {
        int n = calls.splice(socket, in, Math.min(most, SIZE));
        held += Math.max(0, n);
        return n;
    }

    /** Has a socket send what is in it; how much was taken, or the error number negated. */
    int empty(int socket) {
        int n = calls.splice(out, socket, held);
        held -= Math.max(0, n);
        return n;
    }

    int held() {
        return held;
    }

    /** What is in it is lost. */
    void close() {
        calls.close(out);
        calls.close(in);
    }
}

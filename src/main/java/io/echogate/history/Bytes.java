package io.echogate.history;

import java.util.Arrays;

/** Whole numbers from 0 up as variable-length bytes, seven bits each, lowest first (as in Protocol Buffers and DWARF). */
final class Bytes {
    /** Bytes that grow as they are written. */
    static final class Out {
        private byte[] bytes = new byte[256];
        private int size;

        void number(long n) {
            long left = n;
            while ((left & ~0x7FL) != 0) {
                one((byte) (left | 0x80));
                left >>>= 7;
            }
            one((byte) left);
        }

        void one(byte b) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = b;
        }

        void all(byte[] more, int from, int length) {
            while (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            System.arraycopy(more, from, bytes, size, length);
            size += length;
        }

        void all(Out other) {
            all(other.bytes, 0, other.size);
        }

        /** What is left there. */
        void all(In in) {
            all(in.bytes, in.at, in.left());
        }

        int size() {
            return size;
        }

        void clear() {
            size = 0;
        }

        byte[] toArray() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** A place in bytes that were written. Whatever they do not hold is an IllegalArgumentException. */
    static final class In {
        private final byte[] bytes;
        private final int end;
        private int at;

        In(byte[] bytes) {
            this(bytes, 0, bytes.length);
        }

        In(byte[] bytes, int length) {
            this(bytes, 0, length);
        }

        private In(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        long number() {
            long n = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (at >= end) {
                    throw new IllegalArgumentException("stored bytes end too soon");
                }
                byte b = bytes[at++];
                n |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return n;
                }
            }
            throw new IllegalArgumentException("stored number is too long");
        }

        int small() {
            long n = number();
            if (n < 0 || n > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("stored number is too large: " + n);
            }
            return (int) n;
        }

        /** So many of the next bytes, as a place of their own. */
        In part(int length) {
            if (length > end - at) {
                throw new IllegalArgumentException("stored bytes end too soon");
            }
            In part = new In(bytes, at, at + length);
            at += length;
            return part;
        }

        int left() {
            return end - at;
        }

        boolean more() {
            return at < end;
        }
    }

    private Bytes() {}
}

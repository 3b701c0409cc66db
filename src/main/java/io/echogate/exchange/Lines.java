package io.echogate.exchange;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A head while it is being written, in an array of its own: some fifty pieces go into it, and then all of them at once into
 * the buffer that is sent, which checks more than an array does. Confined to one thread; reused from head to head.
 */
final class Lines {
    private static final int USUAL = 1024;
    private static final int LARGE = 8 * USUAL;

    private static final byte[] HEX = Text.bytes("0123456789abcdef");

    private byte[] bytes = new byte[USUAL];
    private int size;

    /** Begins anew. */
    Lines clear() {
        size = 0;
        if (bytes.length > LARGE) {
            bytes = new byte[USUAL];
        }
        return this;
    }

    Lines add(byte[] text) {
        return add(text, 0, text.length);
    }

    Lines add(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
        return this;
    }

    Lines add(int oneByte) {
        room(1);
        bytes[size++] = (byte) oneByte;
        return this;
    }

    /** Text of ASCII, such as an address: nothing is made for it. */
    @SuppressWarnings("deprecation") // what it leaves out are bytes that ASCII does not have
    Lines text(String text) {
        int length = text.length();
        room(length);
        text.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    /** Sixteen hexadecimal digits. */
    void hex(long n) {
        room(Long.SIZE / 4);
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(int) (n >>> shift) & 0xf];
        }
    }

    /** In decimal digits, and not negative. */
    void decimal(long n) {
        if (n >= 10) {
            decimal(n / 10);
        }
        add('0' + (int) (n % 10));
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** All of it, in a buffer that has room for so many bytes behind it. */
    ByteBuf sent(Actions actions, int behind) {
        return actions.allocate(size + behind).writeBytes(bytes, 0, size);
    }

    /** All of it, copied. */
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}

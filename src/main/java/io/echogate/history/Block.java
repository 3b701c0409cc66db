package io.echogate.history;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The bins of one series over {@link #BINS} steps, deflated: {@code (step length bin)*}, steps as differences. What the
 * store keeps a row of. Pure.
 */
final class Block {
    /** Steps that a block spans. */
    static final int BINS = 60;

    private static final int MOST_BYTES = 1 << 22;

    private Block() {}

    /** Takes bins in the order of their steps. */
    static final class Writer {
        private final Bytes.Out out = new Bytes.Out();
        private final Bytes.Out one = new Bytes.Out();
        private int before;

        void add(int index, Bin bin) {
            one.clear();
            bin.write(one);
            begin(index, one.size());
            out.all(one);
        }

        /** One as it was stored. */
        void add(int index, Bytes.In bin) {
            begin(index, bin.left());
            out.all(bin);
        }

        private void begin(int index, int length) {
            out.number(index - before);
            out.number(length);
            before = index;
        }

        byte[] bytes() {
            return deflated(out.toArray());
        }
    }

    /** Is told each bin with its step. */
    @FunctionalInterface
    interface Reader {
        /** One of them, to be read or left alone. */
        void bin(int index, Bytes.In bin);
    }

    static void read(byte[] block, Reader reader) {
        Bytes.In in = new Bytes.In(inflated(block));
        int index = 0;
        while (in.more()) {
            index += in.small();
            int length = in.small();
            reader.bin(index, in.part(length));
        }
    }

    private static byte[] deflated(byte[] plain) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 16);
            byte[] part = new byte[1024];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        }
    }

    private static byte[] inflated(byte[] block) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(block);
            ByteArrayOutputStream out = new ByteArrayOutputStream(4 * block.length);
            byte[] part = new byte[4096];
            while (!inflater.finished()) {
                int n = inflater.inflate(part);
                if ((n == 0 && (inflater.needsInput() || inflater.needsDictionary())) || out.size() > MOST_BYTES) {
                    throw new IllegalArgumentException("stored block is damaged");
                }
                out.write(part, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("stored block is damaged", e);
        }
    }
}

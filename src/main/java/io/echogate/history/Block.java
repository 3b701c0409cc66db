package io.echogate.history;

import io.echogate.config.HistoryRules;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The bins of one series over {@link #BINS} steps, deflated: {@code (step length bin)*}, steps as differences. What the
 * store keeps a row of. Pure.
 */
final class Block {
    /** Steps that a block spans. */
    static final int BINS = HistoryRules.BLOCK;

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

    /** What it hands out stays as it is. */
    static void read(byte[] block, Reader reader) {
        try (Unpacker unpacker = new Unpacker()) {
            unpacker.read(block, reader);
        }
    }

    /** Reads one block after the other into the same room: bins that it hands out are gone with the next. One thread. */
    static final class Unpacker implements AutoCloseable {
        private final Inflater inflater = new Inflater(true);
        private byte[] room = new byte[8 * 1024];

        void read(byte[] block, Reader reader) {
            int size = inflate(block); // may make more room
            walk(new Bytes.In(room, size), reader);
        }

        private int inflate(byte[] block) {
            inflater.reset();
            inflater.setInput(block);
            int size = 0;
            try {
                while (!inflater.finished()) {
                    if (size == room.length) {
                        room = Arrays.copyOf(room, 2 * size);
                    }
                    int n = inflater.inflate(room, size, room.length - size);
                    if ((n == 0 && (inflater.needsInput() || inflater.needsDictionary())) || size > MOST_BYTES) {
                        throw new IllegalArgumentException("stored block is damaged");
                    }
                    size += n;
                }
                return size;
            } catch (DataFormatException e) {
                throw new IllegalArgumentException("stored block is damaged", e);
            }
        }

        @Override
        public void close() {
            inflater.close();
        }
    }

    private static void walk(Bytes.In in, Reader reader) {
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
}

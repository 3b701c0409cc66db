package io.echogate.history;

import java.util.Map;
import java.util.SortedMap;

/**
 * All that was counted in one second, as one piece of bytes: {@code (series length bin)*}, series as differences. Written at
 * once when the second is over, so that a crash loses nothing older. Pure.
 *
 * @param second since 1970
 * @param bytes the bins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Moment(long second, byte[] bytes) {
    /** Is told each series' bin. */
    @FunctionalInterface
    interface Reader {
        void bin(int series, Bytes.In bin);
    }

    /** @param bins by series id, ascending */
    static Moment of(long second, Map<Integer, Bin> bins) {
        Bytes.Out out = new Bytes.Out();
        Bytes.Out one = new Bytes.Out();
        int before = 0;
        for (Map.Entry<Integer, Bin> entry : bins.entrySet()) {
            if (entry.getValue().empty()) {
                continue;
            }
            one.clear();
            entry.getValue().write(one);
            out.number(entry.getKey() - before);
            out.number(one.size());
            out.all(one);
            before = entry.getKey();
        }
        return new Moment(second, out.toArray());
    }

    /** The bytes of bins that were read from others, by series id, ascending. */
    static byte[] joined(SortedMap<Integer, Bytes.In> parts) {
        Bytes.Out out = new Bytes.Out();
        int before = 0;
        for (Map.Entry<Integer, Bytes.In> part : parts.entrySet()) {
            out.number(part.getKey() - before);
            out.number(part.getValue().left());
            out.all(part.getValue());
            before = part.getKey();
        }
        return out.toArray();
    }

    void read(Reader reader) {
        Bytes.In in = new Bytes.In(bytes);
        int series = 0;
        while (in.more()) {
            series += in.small();
            int length = in.small();
            reader.bin(series, in.part(length));
        }
    }
}

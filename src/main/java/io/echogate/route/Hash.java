package io.echogate.route;

/** 64-bit hashes of bytes and texts: FNV-1a, then the finalizer of MurmurHash3, so that every bit depends on all. */
final class Hash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    static long of(byte[] b, int from, int to) {
        long h = OFFSET;
        for (int i = from; i < to; i++) {
            h = (h ^ (b[i] & 0xff)) * PRIME;
        }
        return mixed(h);
    }

    /** The same as of the text's bytes when it is ASCII. */
    static long of(String text) {
        long h = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        return mixed(h);
    }

    static long mixed(long hash) {
        long h = hash;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}

package io.echogate.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses of peers as text: one of IPv4 that came before costs nothing. Confined to one event loop. */
final class Peers {
    private static final int BITS = 8;

    /** 2<sup>32</sup> by the golden ratio: neighbours fall far apart (Knuth, The Art of Computer Programming 3, 6.4). */
    private static final int SPREAD = 0x9E3779B1;

    private final int[] numbers = new int[1 << BITS];
    private final @Nullable String[] texts = new String[1 << BITS];

    /** Without brackets and zone. */
    String text(NativeAddress of) {
        int number = of.number4();
        return number == 0 ? text(of.read()) : known(of, number);
    }

    private String known(NativeAddress of, int number) {
        int place = (number * SPREAD) >>> (Integer.SIZE - BITS);
        String text = texts[place];
        if (text == null || numbers[place] != number) {
            text = text(of.read());
            texts[place] = text;
            numbers[place] = number;
        }
        return text;
    }

    /** "unknown" without an address. */
    static String text(@Nullable InetSocketAddress of) {
        if (of == null || of.getAddress() == null) {
            return "unknown";
        }
        String host = of.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}

package io.echogate.bench;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What clients ask of the proxies in one row of {@code ./bench/relay}: arguments of {@code bench/native/load.c}. */
enum RelayCase {
    SMALL_64("a small answer, 64 connections", 0.80, "connections=64 path=/small expect=58"),
    SMALL_16("a small answer, 16 connections", 0.80, "connections=16 path=/small expect=58"),
    SMALL_4("a small answer, 4 connections", 0.80, "connections=4 path=/small expect=58"),
    SMALL_1("a small answer, 1 connection", 0.80, "connections=1 path=/small expect=58"),
    BROWSER(
            "a browser's head with cookies, 64 connections",
            0.80,
            "connections=64 path=/small expect=58 fields=bench/peers/browser.fields"),
    DOWN_16K("16 KiB down, 64 connections", 0.75, "connections=64 path=/16k expect=16384"),
    DOWN_1M("1 MiB down, 16 connections", 1.0, "connections=16 path=/1m expect=1048576"),
    UP_1M("1 MiB up (POST), 16 connections", 1.0, "connections=16 path=/small upload=1048576 expect=58"),
    CHUNKED("16 KiB in 16 chunks, 64 connections", 0, "connections=64 path=/chunked expect=16384"),
    CLOSE("a connection per request, 64 at a time", 0.95, "connections=64 path=/small expect=58 close=1"),
    MANY_1000("a small answer, 1,000 connections", 0.80, "connections=1000 path=/small expect=58");

    private final String title;
    private final double target;
    private final String load;

    /** @param target CPU per request to reach, of HAProxy's; 0 for none */
    RelayCase(String title, double target, String load) {
        this.title = title;
        this.target = target;
        this.load = load;
    }

    String title() {
        return title;
    }

    double target() {
        return target;
    }

    List<String> load() {
        return List.of(load.split(" "));
    }

    /** Whose ratio counts: for large bodies HAProxy at its best setting. */
    RelayPeer measure() {
        return this == DOWN_1M || this == UP_1M ? RelayPeer.HAPROXY_64K : RelayPeer.HAPROXY;
    }

    /** The settings of HAProxy that make a difference here are peers of their own. */
    Set<RelayPeer> peers() {
        return switch (this) {
            case DOWN_1M, UP_1M, DOWN_16K ->
                Set.of(
                        RelayPeer.ECHOGATE,
                        RelayPeer.HAPROXY,
                        RelayPeer.HAPROXY_64K,
                        RelayPeer.HAPROXY_SPLICE,
                        RelayPeer.NGINX,
                        RelayPeer.CADDY,
                        RelayPeer.FLOOR);
            case SMALL_64, BROWSER ->
                Set.of(
                        RelayPeer.ECHOGATE,
                        RelayPeer.HAPROXY,
                        RelayPeer.HAPROXY_FIELDS,
                        RelayPeer.NGINX,
                        RelayPeer.CADDY,
                        RelayPeer.FLOOR);
            default -> Set.of(RelayPeer.ECHOGATE, RelayPeer.HAPROXY, RelayPeer.NGINX, RelayPeer.CADDY, RelayPeer.FLOOR);
        };
    }

    /** As on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

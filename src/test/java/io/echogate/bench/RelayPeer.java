package io.echogate.bench;

import java.util.List;
import java.util.Locale;

/** A proxy to be measured, or one setting of it; its configuration is a file in {@code bench/peers}. */
enum RelayPeer {
    ECHOGATE("echogate.yaml", ""),
    ECHOGATE_LOG("echogate.yaml", "log"),
    ECHOGATE_NO_HISTORY("echogate.yaml", ""),
    HAPROXY("haproxy.cfg", "plain"),
    HAPROXY_FIELDS("haproxy.cfg", "fields"),
    HAPROXY_64K("haproxy.cfg", "64k"),
    HAPROXY_SPLICE("haproxy.cfg", "splice"),
    NGINX("nginx.conf", ""),
    CADDY("Caddyfile", ""),
    FLOOR("", "");

    private final String template;
    private final String variant;

    RelayPeer(String template, String variant) {
        this.template = template;
        this.variant = variant;
    }

    /** The file's name in {@code bench/peers}; empty for what needs none. */
    String template() {
        return template;
    }

    String variant() {
        return variant;
    }

    boolean onJvm() {
        return template.equals(ECHOGATE.template);
    }

    /** As on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param config its configuration, filled in; the floor takes its ports instead */
    List<String> command(String config, int port, int member) {
        return switch (this) {
            case ECHOGATE, ECHOGATE_LOG, ECHOGATE_NO_HISTORY -> List.of(Child.ECHOGATE, "monitor", "--config", config);
            case HAPROXY, HAPROXY_FIELDS, HAPROXY_64K, HAPROXY_SPLICE -> List.of("haproxy", "-db", "-f", config);
            case NGINX -> List.of("nginx", "-c", config);
            case CADDY -> List.of("caddy", "run", "--adapter", "caddyfile", "--config", config);
            case FLOOR -> List.of("target/bench/floor", Integer.toString(port), Integer.toString(member));
        };
    }
}

package io.echogate.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A proxy before the members, or one way of setting it up; its configuration is a file in {@code bench/peers/failover}. */
enum Balancer {
    ECHOGATE("echogate.yaml", "  - {name: %s, url: \"http://%s:3000\"}"),
    HAPROXY("haproxy.cfg", "    server %s %s:3000 check"),
    HAPROXY_TUNED("haproxy-tuned.cfg", "    server %s %s:3000 weight %4$d"),
    NGINX("nginx.conf", "        server %2$s:3000%3$s;"),
    NGINX_TUNED("nginx-tuned.conf", "        server %2$s:3000 max_fails=1 fail_timeout=2s%3$s;"),
    CADDY("Caddyfile", " %2$s:3000"),
    CADDY_TUNED("Caddyfile-tuned", " %2$s:3000");

    private static final Path ECHOGATE_PROGRAM = Path.of("target/dist/bin/echogate");

    private final String template;
    private final String member;

    Balancer(String template, String member) {
        this.template = template;
        this.member = member;
    }

    /** As on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its configuration, which needs the directory for sockets and temporary files. */
    String config(List<Host> members, Path directory) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            Host host = members.get(i);
            String spare = i == 0 ? "" : " backup"; // nginx prefers in no other way
            String name = host.name().toUpperCase(Locale.ROOT);
            lines.append(String.format(Locale.ROOT, member, name, host.address(), spare, i == 0 ? 256 : 1))
                    .append(isCaddy() ? "" : "\n");
        }
        return Text.read(Path.of("bench/peers/failover", template))
                .replaceAll("(?m)^ *@(MEMBERS|SERVERS)@\n", lines.toString())
                .replace(" @SERVERS@", lines)
                .replace("@DIRECTORY@", directory.toString());
    }

    private boolean isCaddy() {
        return this == CADDY || this == CADDY_TUNED;
    }

    List<String> command(Path config, Path directory) {
        String file = config.toString();
        String xdg = directory.toString();
        return switch (this) {
            case ECHOGATE -> List.of(ECHOGATE_PROGRAM.toAbsolutePath().toString(), "monitor", "--config", file);
            case HAPROXY, HAPROXY_TUNED -> List.of("haproxy", "-db", "-f", file);
            case NGINX, NGINX_TUNED -> List.of("nginx", "-c", file);
            case CADDY, CADDY_TUNED ->
                List.of(
                        "env",
                        "XDG_CONFIG_HOME=" + xdg,
                        "XDG_DATA_HOME=" + xdg,
                        "caddy",
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        file);
        };
    }

    /** How it says what it knows of the first member. */
    Notice.Source source() {
        return switch (this) {
            case ECHOGATE -> Notice.Source.EVENTS;
            case HAPROXY, HAPROXY_TUNED -> Notice.Source.STATS;
            case NGINX, NGINX_TUNED, CADDY, CADDY_TUNED -> Notice.Source.NONE;
        };
    }
}

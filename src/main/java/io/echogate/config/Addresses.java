package io.echogate.config;

import io.echogate.model.Ask;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for addresses. Nothing is resolved here: a name may come to mean something later. */
final class Addresses {
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([^:]*))?");
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);
    private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]*[0-9]\\.?");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

    private Addresses() {}

    /** Where to listen; port 0 lets the kernel choose. */
    static Rule<HostPort> listen() {
        return new Rule<>("HOST:PORT, such as 0.0.0.0:3000, 127.0.0.1:3000 or [::1]:3000", true, Addresses::hostPort);
    }

    /** A machine to ask by ICMP. */
    static Rule<String> machine() {
        return new Rule<>(
                "an IP address, such as 192.0.2.1 or 2001:db8::1",
                true,
                text -> IPV4.matcher(text).matches() || isIpv6(text)
                        ? new Value.Ok<>(text)
                        : new Value.No<>(Rule.shown(text) + " is not an IP address"));
    }

    /** Where a member is, as written and as understood; the port is 80 unless written. */
    record Url(String written, HostPort address) {}

    static Rule<Url> member() {
        return new Rule<>("http://HOST:PORT, such as http://1.2.3.100:3000", true, text -> switch (url(text)) {
            case Value.Ok<HostPort> ok -> new Value.Ok<>(new Url(text, ok.value()));
            case Value.No<HostPort> no -> new Value.No<>(no.problem());
        });
    }

    private static Value<HostPort> url(String text) {
        Matcher parts = URL.matcher(text);
        if (!parts.matches()) {
            return new Value.No<>(Rule.shown(text) + " is not a URL: it has no scheme");
        }
        if (!parts.group(1).equalsIgnoreCase("http")) {
            return foreign(text, parts.group(1));
        }
        String surplus = surplus(parts);
        return surplus.isEmpty()
                ? memberAddress(parts.group(2))
                : new Value.No<>(Rule.shown(text) + " has " + surplus + ", which does not belong here");
    }

    private static <T> Value<T> foreign(String text, String scheme) {
        String why = scheme.equalsIgnoreCase("https")
                ? "not yet: TLS to members comes later"
                : Rule.shown(scheme) + " is not a scheme we speak";
        return new Value.No<>(Rule.shown(text) + ": " + why);
    }

    /** Where somebody is who is only watched, as written and as understood; port 0 where there is none. */
    record WatchUrl(String written, Ask ask, HostPort address) {}

    static Rule<WatchUrl> watched() {
        return new Rule<>(
                "icmp://HOST, tcp://HOST:PORT or http://HOST:PORT, such as tcp://10.0.0.5:5432",
                true,
                Addresses::watched);
    }

    private static Value<WatchUrl> watched(String text) {
        Matcher parts = URL.matcher(text);
        if (!parts.matches()) {
            return new Value.No<>(Rule.shown(text) + " is not a URL: it has no scheme");
        }
        String surplus = surplus(parts);
        if (!surplus.isEmpty()) {
            return new Value.No<>(Rule.shown(text) + " has " + surplus + ", which does not belong here");
        }
        return switch (parts.group(1).toLowerCase(Locale.ROOT)) {
            case "icmp" -> watched(text, Ask.ICMP, machineAddress(parts.group(2)));
            case "tcp" -> watched(text, Ask.TCP, connectable(hostPort(parts.group(2))));
            case "http" -> watched(text, Ask.HTTP, memberAddress(parts.group(2)));
            default -> foreign(text, parts.group(1));
        };
    }

    private static Value<WatchUrl> watched(String text, Ask ask, Value<HostPort> address) {
        return switch (address) {
            case Value.Ok<HostPort> ok -> new Value.Ok<>(new WatchUrl(text, ask, ok.value()));
            case Value.No<HostPort> no -> new Value.No<>(no.problem());
        };
    }

    private static Value<HostPort> machineAddress(String authority) {
        Matcher parts = HOST_PORT.matcher(authority);
        if (!parts.matches()) {
            return new Value.No<>(Rule.shown(authority) + " is not a host (IPv6 addresses stand in brackets)");
        }
        return parts.group(2) == null
                ? somebody(host(authority, 0))
                : new Value.No<>(Rule.shown(authority) + " has a port, of which ICMP knows nothing");
    }

    private static String surplus(Matcher url) {
        if (url.group(2).indexOf('@') >= 0) {
            return "a user";
        }
        if (!url.group(3).isEmpty() && !url.group(3).equals("/")) {
            return "a path";
        }
        return url.group(4) != null ? "a query" : url.group(5) != null ? "a fragment" : "";
    }

    private static Value<HostPort> memberAddress(String authority) {
        Matcher parts = HOST_PORT.matcher(authority);
        boolean portless = parts.matches() && parts.group(2) == null;
        return connectable(hostPort(portless ? authority + ":80" : authority));
    }

    private static Value<HostPort> connectable(Value<HostPort> address) {
        return address instanceof Value.Ok<HostPort> ok && ok.value().port() == 0
                ? new Value.No<>("port 0 cannot be connected to")
                : somebody(address);
    }

    private static Value<HostPort> somebody(Value<HostPort> address) {
        return switch (address) {
            case Value.Ok<HostPort> ok
            when isWildcard(ok.value()) ->
                new Value.No<>(Rule.shown(ok.value().host()) + " is for listening, nobody is there");
            case Value.Ok<HostPort> _, Value.No<HostPort> _ -> address;
        };
    }

    static Value<HostPort> hostPort(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            return new Value.No<>(Rule.shown(text) + " is not HOST:PORT (IPv6 addresses stand in brackets)");
        }
        if (parts.group(2) == null) {
            return new Value.No<>(Rule.shown(text) + " has no port");
        }
        if (!isPort(parts.group(2))) {
            return new Value.No<>(Rule.shown(parts.group(2)) + " is not a port (0 to 65535)");
        }
        return host(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= 65_535;
    }

    private static Value<HostPort> host(String text, int port) {
        if (text.isEmpty()) {
            return new Value.No<>("has no host");
        }
        if (text.startsWith("[")) {
            String literal = text.substring(1, text.length() - 1);
            return isIpv6(literal)
                    ? new Value.Ok<>(new HostPort(literal, port))
                    : new Value.No<>(Rule.shown(text) + " is not an IPv6 address");
        }
        if (NUMBERS.matcher(text).matches() && !IPV4.matcher(text).matches()) {
            return new Value.No<>(Rule.shown(text) + " is not an IPv4 address");
        }
        return text.length() <= 254 && LABELS.matcher(text).matches()
                ? new Value.Ok<>(new HostPort(text, port))
                : new Value.No<>(Rule.shown(text) + " is not a host's name");
    }

    private static boolean isIpv6(String literal) {
        if (!IPV6.matcher(literal).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(literal);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same text for the same address, whatever its spelling; names are not resolved, {@code localhost} apart. */
    static String canonical(HostPort address) {
        String host = address.host().toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.equals("localhost")) {
            host = "127.0.0.1";
        }
        boolean literal = host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
        return (literal ? InetAddress.ofLiteral(host).getHostAddress() : host) + " " + address.port();
    }

    static boolean isWildcard(HostPort address) {
        String host = canonical(address);
        return host.startsWith("0.0.0.0 ") || host.startsWith("0:0:0:0:0:0:0:0 ");
    }

    static boolean isLoopback(HostPort address) {
        String host = canonical(address);
        return host.startsWith("0:0:0:0:0:0:0:1 ") || host.matches("127(\\.[0-9]+){3} .*");
    }
}

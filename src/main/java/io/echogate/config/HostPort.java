package io.echogate.config;

/**
 * An address to listen on or to connect to.
 *
 * @param host an IP literal or a name; IPv6 literals without brackets
 * @param port 0 to 65535; 0 lets the kernel choose when listening
 */
public record HostPort(String host, int port) {
    public HostPort {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /**
     * Reads {@code HOST:PORT}; IPv6 literals stand in brackets.
     *
     * @throws IllegalArgumentException saying what is wrong and what was expected
     */
    public static HostPort parse(String text) {
        Rule<HostPort> rule = Addresses.listen();
        return switch (rule.reader().apply(text)) {
            case Value.Ok<HostPort> ok -> ok.value();
            case Value.No<HostPort> no ->
                throw new IllegalArgumentException(no.problem() + "; expected " + rule.expected());
        };
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}

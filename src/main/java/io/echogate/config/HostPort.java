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

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}

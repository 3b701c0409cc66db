package io.echogate.config;

/**
 * One member of the pool.
 *
 * @param name unique; letters, digits, dot, dash, underscore; at most 64 characters
 * @param url as written, for people: {@code http://HOST[:PORT]} and nothing more
 * @param address host and port of {@code url}; the port defaults to 80
 */
public record MemberConfig(String name, String url, HostPort address) {
    public static MemberConfig of(String name, String host, int port) {
        HostPort address = new HostPort(host, port);
        return new MemberConfig(name, "http://" + address, address);
    }
}

package io.echogate.config;

/**
 * One member of the pool.
 *
 * @param name unique; letters, digits, dot, dash, underscore; at most 64 characters
 * @param url as written, for people: {@code http://HOST[:PORT]} and nothing more
 * @param address host and port of {@code url}; the port defaults to 80
 * @param weight its share beside the others' where load is shared; 1 to 1,000, default 1
 * @param priority its tier, the lowest first; 1 to 100, default 1; {@link #BACKUP} for {@code backup: true}
 * @param group what it is shown under; empty: none
 */
public record MemberConfig(String name, String url, HostPort address, int weight, int priority, String group) {
    /** The last tier, behind every one that can be written as a number. */
    public static final int BACKUP = 101;

    /** One without a group. */
    public MemberConfig(String name, String url, HostPort address, int weight, int priority) {
        this(name, url, address, weight, priority, "");
    }

    public static MemberConfig of(String name, String host, int port) {
        HostPort address = new HostPort(host, port);
        return new MemberConfig(name, "http://" + address, address, 1, 1);
    }
}

package io.echogate.model;

/**
 * What the host allows for ICMP.
 *
 * @param mode the kind of socket in use
 * @param remedy the command that opens it when {@code mode} is {@link Mode#NONE}, else empty
 */
public record Icmp(Mode mode, String remedy) {
    /** The kind of ICMP socket. */
    public enum Mode {
        /** Not yet tried. */
        UNKNOWN,
        /** Unprivileged datagram socket ({@code net.ipv4.ping_group_range}). */
        DATAGRAM,
        /** Raw socket (root or CAP_NET_RAW). */
        RAW,
        /** Neither; causes come from TCP and HTTP alone. */
        NONE
    }

    public static final Icmp UNTRIED = new Icmp(Mode.UNKNOWN, "");
}

package io.echogate.net;

import io.echogate.model.Outcome;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours that somebody says did not arrive: an ICMP error (RFC 792, RFC 4443 §3) or the kernel's own word, as
 * Linux' error queue gives it (IP_RECVERR).
 *
 * @param to where the request was going
 * @param sequence the request's
 * @param origin one of the {@code ORIGIN_} numbers
 * @param type ICMP type, 0 from the kernel itself
 * @param code ICMP code
 * @param errno what the kernel makes of it
 * @param offender who says so, null when it is the kernel
 */
public record IcmpError(
        InetAddress to,
        int sequence,
        int origin,
        int type,
        int code,
        int errno,
        @Nullable InetAddress offender) {
    /** SO_EE_ORIGIN_LOCAL. */
    static final int ORIGIN_LOCAL = 1;

    /** SO_EE_ORIGIN_ICMP. */
    static final int ORIGIN_ICMP = 2;

    /** SO_EE_ORIGIN_ICMP6. */
    static final int ORIGIN_ICMP6 = 3;

    private static final int UNREACHABLE = 3;
    private static final int UNREACHABLE_6 = 1;

    /** What it says of the machine that was asked. */
    public Outcome outcome() {
        if (origin == ORIGIN_LOCAL) {
            return Errno.outcome(errno);
        }
        return network() ? Outcome.NO_ROUTE : Outcome.UNREACHABLE;
    }

    /** The code speaks of a network, not of the host. */
    private boolean network() {
        return isV4()
                ? type == UNREACHABLE && (code == 0 || code == 6 || code == 11)
                : type == UNREACHABLE_6 && code == 0;
    }

    /** Code and sayer for people: {@code host unreachable, says 1.2.3.1}. */
    public String words() {
        if (origin == ORIGIN_LOCAL) {
            return Errno.words(errno);
        }
        String what = isV4() ? words4() : words6();
        return offender == null ? what : what + ", says " + offender.getHostAddress();
    }

    private boolean isV4() {
        return IcmpFamily.of(to) == IcmpFamily.V4;
    }

    private String words4() {
        return switch (type) {
            case UNREACHABLE -> unreachable4();
            case 11 -> code == 1 ? "fragment reassembly time exceeded" : "time to live exceeded on the way";
            case 12 -> "parameter problem";
            default -> number();
        };
    }

    private String unreachable4() {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 4 -> "fragmentation needed";
            case 5 -> "source route failed";
            case 6 -> "network unknown";
            case 7 -> "host unknown";
            case 9 -> "network administratively prohibited";
            case 10 -> "host administratively prohibited";
            case 11 -> "network unreachable for this type of service";
            case 12 -> "host unreachable for this type of service";
            case 13 -> "administratively prohibited";
            default -> number();
        };
    }

    private String words6() {
        return switch (type) {
            case UNREACHABLE_6 -> unreachable6();
            case 2 -> "packet too big";
            case 3 -> code == 1 ? "fragment reassembly time exceeded" : "hop limit exceeded on the way";
            case 4 -> "parameter problem";
            default -> number();
        };
    }

    private String unreachable6() {
        return switch (code) {
            case 0 -> "no route to destination";
            case 1 -> "administratively prohibited";
            case 2 -> "beyond the scope of the source address";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            case 5 -> "source address failed policy";
            case 6 -> "route rejected";
            default -> number();
        };
    }

    private String number() {
        return "ICMP type " + type + " code " + code;
    }
}

package io.echogate.net;

import io.echogate.model.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Linux error numbers that a question can meet, and what each says about the member asked. The kernel's number decides;
 * where only the JDK's words are to be had (NIO), they do.
 */
public final class Errno {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    public static final int EPIPE = 32;
    static final int ENOSYS = 38;
    static final int EPROTONOSUPPORT = 93;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;
    static final int ENETDOWN = 100;
    static final int ENETUNREACH = 101;
    public static final int ECONNRESET = 104;
    static final int ENOBUFS = 105;
    static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    static final int EHOSTDOWN = 112;
    public static final int EHOSTUNREACH = 113;
    static final int EINPROGRESS = 115;
    private static final int EBADF = 9;
    private static final int ENOMEM = 12;
    private static final int ENFILE = 23;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(EPERM, "EPERM, our own firewall forbids it"),
            Map.entry(EBADF, "EBADF, the socket is closed"),
            Map.entry(EAGAIN, "EAGAIN, the send buffer is full"),
            Map.entry(ENOMEM, "ENOMEM, no memory"),
            Map.entry(EACCES, "EACCES, not permitted"),
            Map.entry(ENFILE, "ENFILE, too many open files in the system"),
            Map.entry(EMFILE, "EMFILE, too many open files"),
            Map.entry(ENOSYS, "ENOSYS, not in this kernel"),
            Map.entry(EPROTONOSUPPORT, "EPROTONOSUPPORT, not supported"),
            Map.entry(EADDRINUSE, "EADDRINUSE, address already in use"),
            Map.entry(EADDRNOTAVAIL, "EADDRNOTAVAIL, no local port is free"),
            Map.entry(ENETDOWN, "ENETDOWN, network is down"),
            Map.entry(ENETUNREACH, "ENETUNREACH, network is unreachable"),
            Map.entry(ECONNRESET, "ECONNRESET, connection reset"),
            Map.entry(ENOBUFS, "ENOBUFS, no buffer space"),
            Map.entry(ETIMEDOUT, "ETIMEDOUT, connection timed out"),
            Map.entry(ECONNREFUSED, "ECONNREFUSED, connection refused"),
            Map.entry(EHOSTDOWN, "EHOSTDOWN, host is down"),
            Map.entry(EHOSTUNREACH, "EHOSTUNREACH, no route to host"));

    private static final Pattern NUMBER = Pattern.compile("error\\((?:-(\\d+))\\)");

    private Errno() {}

    /** Name and meaning for people. */
    public static String words(int errno) {
        return WORDS.getOrDefault(errno, "errno " + errno);
    }

    /** What it says about the member that was asked; anything that is our own trouble is {@link Outcome#UNSENT}. */
    public static Outcome outcome(int errno) {
        return switch (errno) {
            case ECONNREFUSED -> Outcome.REFUSED;
            case EHOSTUNREACH, EHOSTDOWN -> Outcome.UNREACHABLE;
            case ENETUNREACH, ENETDOWN -> Outcome.NO_ROUTE;
            case ECONNRESET -> Outcome.RESET;
            case ETIMEDOUT -> Outcome.CONNECT_SILENT;
            default -> Outcome.UNSENT;
        };
    }

    /** True when this process or this host has run out of something: descriptors, memory, local ports. */
    public static boolean scarce(int errno) {
        return switch (errno) {
            case EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL -> true;
            default -> false;
        };
    }

    /** The error number behind a failed connection or write, or 0 when it cannot be told. */
    public static int of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            int errno = numberIn(t.getMessage());
            if (errno == 0) {
                errno = saidBy(t);
            }
            if (errno != 0) {
                return errno;
            }
        }
        return 0;
    }

    /** Netty's native transports quote the number: {@code connect(..) failed with error(-111): Connection refused}. */
    private static int numberIn(@Nullable String message) {
        if (message == null) {
            return 0;
        }
        Matcher m = NUMBER.matcher(message);
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    private static int saidBy(Throwable t) {
        String said = String.valueOf(t.getMessage());
        if (said.contains("Network is unreachable")) {
            return ENETUNREACH;
        }
        if (said.contains("Network is down")) {
            return ENETDOWN;
        }
        if (t instanceof NoRouteToHostException) {
            return EHOSTUNREACH;
        }
        if (said.contains("Too many open files")) {
            return EMFILE;
        }
        if (said.contains("Cannot assign requested address")) {
            return EADDRNOTAVAIL;
        }
        if (said.contains("Connection reset") || said.contains("Broken pipe")) {
            return ECONNRESET;
        }
        return t instanceof ConnectException && said.contains("refused") ? ECONNREFUSED : 0;
    }
}

package io.echogate.page;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A browser that was tricked by a name pointing at us (DNS rebinding) shows it in {@code Host}; a script of
 * another site that opens our stream shows it in {@code Origin}. Pure.
 */
final class Guard {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    private Guard() {}

    /** True for an IP literal, {@code localhost} and the configured name; nobody can point those elsewhere. */
    static boolean hostAllowed(@Nullable String hostHeader, String configured) {
        if (hostHeader == null) {
            return false;
        }
        String name = withoutPort(hostHeader);
        return IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches()
                || "localhost".equalsIgnoreCase(name)
                || configured.equalsIgnoreCase(name);
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /** True when there is no Origin (not a browser) or it is the host that was asked. */
    static boolean sameOrigin(MultiMap headers) {
        String origin = headers.get("Origin");
        if (origin == null) {
            return true;
        }
        String host = headers.get("Host");
        int authority = origin.indexOf("://");
        return host != null
                && authority > 0
                && normal(origin.substring(authority + 3), origin.startsWith("https:"))
                        .equals(normal(host, origin.startsWith("https:")));
    }

    private static String normal(String authority, boolean secure) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String standard = secure ? ":443" : ":80";
        return lower.endsWith(standard) && !withoutPort(lower).equals(lower)
                ? lower.substring(0, lower.length() - standard.length())
                : lower;
    }
}

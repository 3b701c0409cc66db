package io.echogate.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What makes a reader an operator.
 *
 * @param desk takes the orders
 * @param token whoever shows it may give orders; null: nobody may
 * @param tokenFile where it stands, for people
 * @param noToken why there is none
 */
public record Control(Desk desk, @Nullable String token, String tokenFile, String noToken) {
    private static final String SCHEME = "Bearer ";

    /** True of an {@code Authorization} field (RFC 6750 §2.1) with the token; takes as long for every wrong one. */
    boolean admits(@Nullable String authorization) {
        return token != null
                && authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Control[" + tokenFile + "]";
    }
}

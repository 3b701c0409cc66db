package io.echogate.route;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One member's cookie: a name that only we can read and a signature, both HMAC-SHA256 (RFC 2104) of the member's name.
 * Nothing in it says who or where the member is. Immutable.
 */
final class Ticket {
    static final byte[] NO_LINE = new byte[0];

    /** Characters of the member's hidden name: 48 bits. */
    static final int NAME = 8;

    private static final int NAME_BYTES = 6;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] value;
    private final byte[] line;

    private Ticket(byte[] value, byte[] line) {
        this.value = value;
        this.line = line;
    }

    static Ticket of(String cookie, byte[] secret, String member) {
        byte[] hidden = Arrays.copyOf(sign(secret, "name " + member), NAME_BYTES);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String value = base64.encodeToString(hidden) + base64.encodeToString(sign(secret, "signature " + member));
        String line = "Set-Cookie: " + cookie + "=" + value + "; Path=/; HttpOnly; SameSite=Lax\r\n";
        return new Ticket(bytes(value), bytes(line));
    }

    private static byte[] sign(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The field that gives the client this ticket, line end included. Not to be written to. */
    byte[] line() {
        return line;
    }

    /** The hidden name as a number; as {@link #name(byte[], int)} reads it. */
    long name() {
        return name(value, 0);
    }

    /** The first eight characters as a number. */
    static long name(byte[] b, int from) {
        long name = 0;
        for (int i = 0; i < NAME; i++) {
            name = name << 8 | (b[from + i] & 0xff);
        }
        return name;
    }

    /** True when those bytes are this ticket; takes as long whichever of them differ. */
    boolean is(byte[] b, int from, int to) {
        if (to - from != value.length) {
            return false;
        }
        int different = 0;
        for (int i = 0; i < value.length; i++) {
            different |= value[i] ^ b[from + i];
        }
        return different == 0;
    }
}

package io.echogate.route;

import io.echogate.config.PolicyRules;
import io.echogate.http.Fields;
import io.echogate.http.RequestTarget;
import java.nio.charset.StandardCharsets;

/** What of a request decides where it goes, as a hash. Immutable. */
final class Key {
    /** The request has none. */
    static final long NONE = 0;

    private final PolicyRules.Key on;
    private final String name;
    private final byte[] bytes;

    Key(PolicyRules.Hash rules) {
        this.on = rules.on();
        this.name = rules.name() == null ? "" : rules.name();
        this.bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    }

    long of(Inquiry about) {
        Fields f = about.head().fields();
        return switch (on) {
            case HEADER -> header(f, f.find(name, 0));
            case COOKIE -> cookie(f, CookieField.find(f, bytes));
            case PATH -> path(about.head().target(), about.head().bytes());
            case CLIENT -> some(Hash.of(about.client()));
        };
    }

    private static long header(Fields f, int field) {
        return field < 0 ? NONE : some(Hash.of(f.bytes(), f.valueStart(field), f.valueEnd(field)));
    }

    private static long cookie(Fields f, long span) {
        return span == CookieField.NONE
                ? NONE
                : some(Hash.of(f.bytes(), CookieField.start(span), CookieField.end(span)));
    }

    private static long path(RequestTarget target, byte[] b) {
        int end = target.pathStart();
        while (end < target.pathEnd() && b[end] != '?') {
            end++;
        }
        return some(Hash.of(b, target.pathStart(), end));
    }

    private static long some(long hash) {
        return hash == NONE ? 1 : hash;
    }
}

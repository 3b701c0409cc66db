package io.echogate.history;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as JSON has them: RFC 3339 UTC with milliseconds. */
final class Times {
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : RFC_3339.format(at);
    }

    static String text(long millis) {
        return RFC_3339.format(Instant.ofEpochMilli(millis));
    }
}

package io.echogate.config;

import org.jspecify.annotations.Nullable;

/**
 * What is written of each request, and where; YAML section {@code accessLog}.
 *
 * @param file where lines are appended; null for no access log, the default
 * @param format of a line; default JSON
 * @param samplePercent share of requests that are written; default 100
 * @param maxSize bytes at which the file is set aside as {@code FILE.1} and another begun; default 100 MiB
 * @param keep how many that are set aside are kept; default 5
 */
public record AccessLogRules(@Nullable String file, Format format, int samplePercent, long maxSize, int keep) {
    public static final AccessLogRules DEFAULT = new AccessLogRules(null, Format.JSON, 100, 100L << 20, 5);

    /** How a line is written. */
    public enum Format {
        /** One JSON object. */
        JSON,
        /** As Apache's {@code combined}. */
        COMBINED
    }
}

package io.echogate.model;

import org.jspecify.annotations.Nullable;

/**
 * One request as an access log tells it, at its end. Texts are as they came, undecoded, one character per byte, and may
 * hold anything that a head may hold.
 *
 * @param nanos monotonic time of its end
 * @param id number of the request, as {@link RequestTrace#text} writes it; 0 when no request could be made out
 * @param client the client's address
 * @param method empty when no request could be made out
 * @param target path and query; empty when no request could be made out
 * @param minor of the version: 0 for HTTP/1.0, else 1
 * @param host what it was addressed to; null without one
 * @param referer null without one
 * @param agent the client's {@code User-Agent}; null without one
 * @param status of the final head that went to the client; 0 when none did
 * @param member who answered; null when we did, or nobody
 * @param attempts how many members were tried
 * @param received bytes read from the client since the request before, head and framing included
 * @param sent bytes handed to the client's socket, head and framing included
 * @param took nanoseconds from the head being read to the end
 */
public record Access(
        long nanos,
        long id,
        String client,
        String method,
        String target,
        int minor,
        @Nullable String host,
        @Nullable String referer,
        @Nullable String agent,
        int status,
        @Nullable String member,
        int attempts,
        long received,
        long sent,
        long took) {}

package io.echogate.page;

import io.echogate.model.RequestTrace;
import io.echogate.model.RequestTrace.Result;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which requests somebody wants to see.
 *
 * @param member was tried on that member
 * @param outcome ended so
 * @param status of the answer, or its class as in {@code 5xx}
 * @param id is that very one
 * @param limit no more than that many
 */
record RequestFilter(
        @Nullable String member,
        @Nullable Result outcome,
        @Nullable String status,
        @Nullable Long id,
        int limit) {
    private static final Set<String> KEYS = Set.of("member", "outcome", "status", "id", "limit");
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /**
     * Reads a query.
     *
     * @throws IllegalArgumentException says which parameter, and what is expected
     */
    static RequestFilter of(MultiMap query) {
        for (String key : query.names()) {
            require(KEYS.contains(key), "unknown parameter; expected member, outcome, status, id or limit");
            require(query.getAll(key).size() == 1, key + ": expected once");
        }
        String status = query.get("status");
        require(
                status == null || status.matches("[1-5]([0-9]{2}|xx)"),
                "status: expected a status or a class, as 502 or 5xx");
        String id = query.get("id");
        require(id == null || id.matches("[0-9a-f]{16}"), "id: expected 16 hexadecimal digits, as in Echogate-Request");
        return new RequestFilter(
                query.get("member"),
                outcome(query.get("outcome")),
                status,
                id == null ? null : Long.valueOf(Long.parseUnsignedLong(id, 16)),
                limit(query.get("limit")));
    }

    private static @Nullable Result outcome(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Stream.of(Result.values())
                .filter(r -> word(r).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("outcome: expected "
                        + Stream.of(Result.values()).map(RequestFilter::word).collect(Collectors.joining(", "))));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        require(limit >= 1 && limit <= MOST, "limit: expected a number from 1 to " + MOST);
        return limit;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    boolean takes(RequestTrace t) {
        return (outcome == null || t.result() == outcome)
                && (status == null || Integer.toString(t.status()).startsWith(status.replace("xx", "")))
                && (id == null || t.id() == id)
                && (member == null
                        || t.tries().stream().anyMatch(tried -> tried.member().equals(member)));
    }
}

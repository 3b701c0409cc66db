package io.echogate.config;

import io.echogate.model.Ask;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is asked, and how: a member of the pool, or one who is only watched.
 *
 * @param name unique among all who are asked
 * @param url as written, for people
 * @param address host and port of {@code url}; port 0 for {@link Ask#ICMP}
 * @param ask what is asked
 * @param path target of the request where there is one
 * @param status the status that answers it
 * @param body the body that answers it; null: any
 * @param group what it is shown under; empty: none
 */
public record Asked(
        String name,
        String url,
        HostPort address,
        Ask ask,
        String path,
        int status,
        @Nullable String body,
        String group) {
    /** Without a group. */
    public Asked(String name, String url, HostPort address, Ask ask, String path, int status, @Nullable String body) {
        this(name, url, address, ask, path, status, body, "");
    }

    /** A member of the pool. */
    public static Asked of(MemberConfig m, PingRules ping) {
        return new Asked(m.name(), m.url(), m.address(), Ask.PING, ping.path(), ping.status(), ping.body(), m.group());
    }
}

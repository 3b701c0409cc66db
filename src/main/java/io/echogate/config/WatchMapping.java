package io.echogate.config;

import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import io.echogate.model.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list {@code watch} → those who are asked and never routed to. */
final class WatchMapping {
    private static final int MAX_WATCHED = 10_000;
    private static final String ITEM = "somebody to watch, such as {name: gw, url: icmp://10.0.0.1}";
    private static final String LIST = "a list, such as - {name: gw, url: icmp://10.0.0.1}";

    private WatchMapping() {}

    /**
     * One item of the list, as far as it can be understood.
     *
     * @param key the path of the item: {@code watch[0]}
     * @param name null when it is missing or faulty
     * @param url null when it is missing or faulty
     * @param body null: any
     */
    record Placed(
            String key,
            @Nullable String name,
            Addresses.@Nullable WatchUrl url,
            String path,
            int status,
            @Nullable String body,
            String group) {
        Stream<Asked> asked() {
            return name == null || url == null
                    ? Stream.empty()
                    : Stream.of(new Asked(name, url.written(), url.address(), url.ask(), path, status, body, group));
        }

        /** Has something to say about an answer by HTTP. */
        boolean answers() {
            return url != null && url.ask() == Ask.HTTP;
        }
    }

    static List<Placed> read(Section top, Notes notes, PingRules ping) {
        Sequence list = top.list("watch", LIST);
        if (list == null) {
            return List.of();
        }
        int size = list.items().size();
        if (size > MAX_WATCHED) {
            notes.add(list.at(), "watch", "has " + size + " items", "at most " + MAX_WATCHED);
        }
        List<Placed> watched = new ArrayList<>();
        for (int i = 0; i < Math.min(size, MAX_WATCHED); i++) {
            Placed placed = item(list.items().get(i), "watch[" + i + "]", notes, ping);
            if (placed != null) {
                watched.add(placed);
            }
        }
        return watched;
    }

    private static @Nullable Placed item(Node item, String key, Notes notes, PingRules ping) {
        return switch (item) {
            case Mapping mapping -> placed(key, new Section(notes, key + ".", mapping), ping);
            case Refused _ -> null;
            case Scalar _, Sequence _ -> {
                notes.add(item.at(), key, "is " + item.kind(), ITEM);
                yield null;
            }
        };
    }

    private static Placed placed(String key, Section in, PingRules ping) {
        return new Placed(
                key,
                in.required("name", Rules.name()),
                in.required("url", Addresses.watched()),
                in.value("path", Rules.target(), ping.path()),
                in.value("status", Rules.status(), ping.status()),
                in.value("body", Rules.text(), null),
                in.value("group", Rules.label(), ""));
    }
}

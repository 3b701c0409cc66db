package io.echogate.config;

import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import io.echogate.config.StatusRules.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys → what the public is shown. Nothing is shown unless it is named. */
final class StatusMapping {
    private static final int MAX_COMPONENTS = 100;
    private static final int MAX_MEMBERS = 1000;
    private static final String SHOW =
            "a list of 1 to " + MAX_COMPONENTS + " components, such as - {name: Web shop, members: [S1, S2]}";
    private static final String COMPONENT = "a component, such as {name: Web shop, members: [S1, S2]}";
    private static final String MEMBERS =
            "a list of 1 to " + MAX_MEMBERS + " names of members or of who is watched, such as [S1, S2]";

    private final Notes notes;

    /** Everybody that can be named. */
    private final Set<String> known;

    private StatusMapping(Notes notes, Set<String> known) {
        this.notes = notes;
        this.known = known;
    }

    static StatusRules read(Section top, Notes notes, Set<String> known) {
        StatusRules usual = StatusRules.OFF;
        Section in = top.section("status");
        return new StatusRules(
                in.value("title", Rules.title(), usual.title()),
                in.value("listen", Addresses.listen(), null),
                new StatusMapping(notes, known)
                        .components(in, top.has("status") && !notes.faulty().contains("status")),
                in.value("incidents", Rules.flag(), usual.incidents()));
    }

    private List<Component> components(Section in, boolean written) {
        Sequence list = in.list("show", SHOW);
        if (list == null) {
            if (written && !in.has("show")) {
                notes.add(in.at(), "status.show", "missing", SHOW);
            }
            return List.of();
        }
        int size = list.items().size();
        if (size == 0 || size > MAX_COMPONENTS) {
            notes.add(list.at(), "status.show", size == 0 ? "is empty" : "has " + size + " components", SHOW);
        }
        List<Component> components = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < Math.min(size, MAX_COMPONENTS); i++) {
            Component component = component(list.items().get(i), "status.show[" + i + "]", names);
            if (component != null) {
                components.add(component);
            }
        }
        return components;
    }

    private @Nullable Component component(Node item, String key, Map<String, String> names) {
        return switch (item) {
            case Mapping mapping -> component(new Section(notes, key + ".", mapping), key, names);
            case Refused _ -> null;
            case Scalar _, Sequence _ -> {
                notes.add(item.at(), key, "is " + item.kind(), COMPONENT);
                yield null;
            }
        };
    }

    private @Nullable Component component(Section in, String key, Map<String, String> names) {
        String name = in.required("name", Rules.title());
        List<String> members = members(in, key + ".members");
        boolean all = in.value("all", Rules.flag(), false);
        if (name != null) {
            once(name, key, names);
        }
        return name == null || members.isEmpty() ? null : new Component(name, members, all);
    }

    private void once(String name, String key, Map<String, String> names) {
        String first = names.putIfAbsent(name, key);
        if (first != null) {
            int line = notes.at(first + ".name").line();
            String problem = Rule.shown(name) + " is already the name of " + first + " in line " + line;
            notes.add(notes.at(key + ".name"), key + ".name", problem, "each component once");
        }
    }

    private List<String> members(Section in, String key) {
        Sequence list = in.list("members", MEMBERS);
        if (list == null) {
            if (!in.has("members")) {
                notes.add(in.at(), key, "missing", MEMBERS);
            }
            return List.of();
        }
        int size = list.items().size();
        if (size == 0 || size > MAX_MEMBERS) {
            notes.add(list.at(), key, size == 0 ? "is empty" : "has " + size + " names", MEMBERS);
            return List.of();
        }
        Set<String> found = new HashSet<>();
        List<String> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = member(list.items().get(i), key + "[" + i + "]", found);
            if (name != null) {
                members.add(name);
            }
        }
        return members;
    }

    private @Nullable String member(Node item, String key, Set<String> found) {
        if (item instanceof Refused) {
            return null;
        }
        if (!(item instanceof Scalar scalar) || scalar.isNull()) {
            notes.add(item.at(), key, "is " + item.kind(), "a name");
            return null;
        }
        String name = scalar.text();
        if (!found.add(name)) {
            notes.add(item.at(), key, Rule.shown(name) + " is there twice", "it once");
            return null;
        }
        if (!known.contains(name)) {
            String expected = "one of `members` or of `watch`";
            notes.add(item.at(), key, Rule.shown(name) + " is nobody's name", expected);
            return null;
        }
        return name;
    }
}

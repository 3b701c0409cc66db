package io.echogate.config;

import io.echogate.config.Node.Entry;
import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import io.echogate.config.Parsed.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML text → one {@link Node}. Built from the parser's events and not from its objects, so that every key keeps its
 * place, and so that anchors, aliases, tags, depth and further documents can be refused where they stand: text that
 * unfolds to more than it shows is no configuration. Confined to one thread, used once.
 */
final class YamlText {
    private static final int MAX_DEPTH = 16;

    private final Notes notes;
    private final Iterator<Event> events;

    private YamlText(Notes notes, String text) {
        this.notes = notes;
        this.events =
                new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    /** The text's one document; null, with a fault recorded, when there is none that can be read to its end. */
    static @Nullable Node parse(String text, Notes notes) {
        if (!printable(text, notes)) {
            return null;
        }
        try {
            return new YamlText(notes, text).document();
        } catch (MarkedYamlEngineException e) {
            String problem = e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
            notes.add(position(e.getProblemMark()), "", "not YAML: " + oneLine(problem), "");
        } catch (YamlEngineException e) {
            notes.add(Position.TOP, "", "not YAML: " + oneLine(String.valueOf(e.getMessage())), "");
        } catch (TooDeep e) {
            notes.add(e.at, "", "nested deeper than " + MAX_DEPTH + " levels", "the keys of the documentation");
        }
        return null;
    }

    private static boolean printable(String text, Notes notes) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                notes.add(
                        new Position(line, column), "", String.format("control character U+%04X", c), "printable text");
                return false;
            }
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return true;
    }

    private @Nullable Node document() {
        @Nullable Node first = null;
        boolean started = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() != Event.ID.DocumentStart) {
                continue;
            }
            if (started) {
                notes.add(position(event.getStartMark()), "", "a second document begins", "one document in a file");
                return first;
            }
            started = true;
            first = node(events.next(), 0);
        }
        if (first == null) {
            notes.add(Position.TOP, "", "the file is empty", "at least `members:` with one member");
        }
        return first;
    }

    private Node node(Event event, int depth) {
        Position at = position(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw new TooDeep(at);
        }
        boolean refused = refuse(event, at);
        Node node = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, at);
            case SequenceStart -> sequence(at, depth);
            case MappingStart -> mapping(at, depth);
            default -> new Refused(at);
        };
        return refused ? new Refused(at) : node;
    }

    private boolean refuse(Event event, Position at) {
        if (event.getEventId() == Event.ID.Alias) {
            notes.add(at, "", "an alias (*)", "the value itself: aliases are not supported");
            return true;
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            notes.add(at, "", "an anchor (&)", "the value alone: anchors are not supported");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            notes.add(at, "", "a tag (!)", "the value alone: tags are not supported");
        }
        return tag.isPresent();
    }

    private static Scalar scalar(ScalarEvent event, Position at) {
        return new Scalar(at, event.getValue(), event.isPlain());
    }

    private Sequence sequence(Position at, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(at, items);
    }

    private Mapping mapping(Position at, int depth) {
        List<Entry> entries = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Node key = node(next, depth + 1);
            Node value = node(events.next(), depth + 1);
            switch (key) {
                case Scalar scalar when !scalar.isNull() -> entries.add(new Entry(scalar, value));
                case Refused _ -> {}
                default -> notes.add(key.at(), "", key.kind() + " where a key belongs", "a key's name");
            }
        }
        return new Mapping(at, entries);
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.TOP);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Ends the reading of a document that would only be refused. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Position at;

        TooDeep(Position at) {
            this.at = at;
        }
    }
}

package io.echogate.config;

import io.echogate.config.Node.Mapping;
import io.echogate.config.Parsed.Bad;
import io.echogate.config.Parsed.Good;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads a configuration: YAML in UTF-8, at most 1 MiB, to a {@link Config} or to all of its faults at once. Pure apart
 * from reading the file; faults are values, nothing is thrown.
 */
public final class ConfigReader {
    private static final int MAX_BYTES = 1024 * 1024;

    private ConfigReader() {}

    /** Reads a file, which faults name as {@code file} does. */
    public static Parsed read(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            return unreadable(name, "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(name, in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            return unreadable(name, "does not exist");
        } catch (AccessDeniedException e) {
            return unreadable(name, "may not be read (permission denied)");
        } catch (IOException e) {
            return unreadable(name, "cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Parsed unreadable(String name, String problem) {
        return new Bad(List.of(new Fault(name, 0, 0, "", problem, "a readable YAML file")));
    }

    /** Reads a text, which faults call {@code name}. */
    public static Parsed read(String name, String text) {
        Notes notes = new Notes(name);
        Node document = YamlText.parse(text, notes);
        if (document == null) {
            return new Bad(notes.inFileOrder());
        }
        if (!(document instanceof Mapping mapping)) {
            notes.add(document.at(), "", "the file is " + document.kind(), "a mapping of keys to values");
            return new Bad(notes.inFileOrder());
        }
        ConfigMapping read = ConfigMapping.read(new Section(notes, "", mapping), notes);
        notes.sections().forEach(Section::refuseUnknown);
        Relations.check(read, notes);
        List<Fault> faults = notes.inFileOrder();
        return faults.isEmpty() ? new Good(read.config(), name, notes.positions()) : new Bad(faults);
    }

    /** The path of every key there is, those of members apart. */
    static Set<String> keys() {
        Notes notes = new Notes("");
        ConfigMapping.read(new Section(notes, "", new Mapping(Parsed.Position.TOP, List.of())), notes);
        return notes.known();
    }

    private static Parsed read(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return unreadable(name, "is larger than " + Units.size(MAX_BYTES));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            return notUtf8(name, text, bytes[in.position()]);
        }
        return read(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Parsed notUtf8(String name, String before, byte offender) {
        int line = 1 + Math.toIntExact(before.chars().filter(c -> c == '\n').count());
        int column = before.length() - before.lastIndexOf('\n');
        String problem = String.format("byte 0x%02X is not UTF-8", offender);
        return new Bad(List.of(new Fault(name, line, column, "", problem, "text in UTF-8")));
    }
}

package io.echogate.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads messages as RFC 9112 spells them, by regular expressions over the whole text: slow, plain, and sharing nothing
 * with the code that it is to check. Bytes are ISO 8859-1 characters.
 */
public final class StrictReader {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]*";
    private static final Pattern REQUEST = Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/1\\.([0-9])");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9][0-9])(?: " + TEXT + ")?");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):(" + TEXT + ")");
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;" + TEXT + ")?");

    /** A field as it stands, white space around its value aside. */
    public record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** A message; {@code complete} when its end was seen. */
    public record Message(
            String first,
            String second,
            int minor,
            List<Field> fields,
            String body,
            List<Field> trailers,
            boolean complete,
            int end) {
        /** Values of all fields of that name. */
        public List<String> values(String name) {
            return fields.stream().filter(f -> f.is(name)).map(Field::value).toList();
        }

        /** True when a field of that name has that element in its list. */
        public boolean lists(String name, String element) {
            return values(name).stream()
                    .flatMap(v -> Pattern.compile(",").splitAsStream(v))
                    .anyMatch(e -> e.strip().equalsIgnoreCase(element));
        }
    }

    /** What cannot be read. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why);
        }
    }

    private final String text;
    private final boolean closed;
    private final List<Message> messages = new ArrayList<>();
    private int at;
    private String fault = "";

    private StrictReader(String text, boolean closed) {
        this.text = text;
        this.closed = closed;
    }

    /** All requests of a connection, up to the first that is malformed or not all there. */
    public static StrictReader requests(String text) {
        StrictReader r = new StrictReader(text, false);
        r.read(() -> r.request());
        return r;
    }

    /** The answers to requests of that method, interim ones included. */
    public static StrictReader answers(String text, String method, boolean closed) {
        StrictReader r = new StrictReader(text, closed);
        r.read(() -> r.answer(method));
        return r;
    }

    private interface Step {
        boolean read() throws Malformed;
    }

    private void read(Step one) {
        try {
            boolean goesOn = true;
            while (goesOn && at < text.length()) {
                goesOn = one.read();
            }
        } catch (Malformed e) {
            fault = String.valueOf(e.getMessage());
        }
    }

    /** What was read, in order; the last may be incomplete. */
    public List<Message> messages() {
        return messages;
    }

    /** Why reading stopped, or empty. */
    public String fault() {
        return fault;
    }

    /** Text that belongs to no message that was read. */
    public String rest() {
        return text.substring(at);
    }

    private boolean request() throws Malformed {
        if (text.startsWith("\r\n", at)) {
            at += 2;
        }
        int end = text.indexOf("\r\n\r\n", at);
        if (end < 0) {
            return false;
        }
        String[] lines = text.substring(at, end).split("\r\n", -1);
        Matcher m = match(REQUEST, lines[0]);
        int minor = Math.min(Integer.parseInt(m.group(3)), 1);
        List<Field> fields = fields(lines);
        long hosts = fields.stream().filter(f -> f.is("Host")).count();
        if (hosts > 1 || (hosts == 0 && minor > 0)) {
            throw new Malformed(hosts + " Hosts");
        }
        at = end + 4;
        return body(new Message(m.group(1), m.group(2), minor, fields, "", List.of(), false, at), 0);
    }

    private boolean answer(String method) throws Malformed {
        int end = text.indexOf("\r\n\r\n", at);
        if (end < 0) {
            return false;
        }
        String[] lines = text.substring(at, end).split("\r\n", -1);
        Matcher m = match(STATUS, lines[0]);
        int minor = Math.min(Integer.parseInt(m.group(1)), 1);
        Message head = new Message(m.group(2), "", minor, fields(lines), "", List.of(), false, end + 4);
        int status = Integer.parseInt(m.group(2));
        at = end + 4;
        if (status < 200) {
            messages.add(done(head, "", List.of()));
            return status != 101;
        }
        if (method.equals("HEAD") || status == 204 || status == 304) {
            if (status != 204) {
                length(head);
            }
            messages.add(done(head, "", List.of()));
            return true;
        }
        return body(head, -1);
    }

    private static Matcher match(Pattern p, String line) throws Malformed {
        Matcher m = p.matcher(line);
        if (!m.matches()) {
            throw new Malformed("not a line of its kind: " + Corpus.escaped(line));
        }
        return m;
    }

    private static List<Field> fields(String[] lines) throws Malformed {
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            fields.add(field(lines[i]));
        }
        return fields;
    }

    private static Field field(String line) throws Malformed {
        Matcher m = match(FIELD, line);
        String value = m.group(2);
        int from = 0;
        int to = value.length();
        while (from < to && " \t".indexOf(value.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " \t".indexOf(value.charAt(to - 1)) >= 0) {
            to--;
        }
        return new Field(m.group(1), value.substring(from, to));
    }

    private Message done(Message head, String body, List<Field> trailers) {
        return new Message(head.first, head.second, head.minor, head.fields, body, trailers, true, at);
    }

    private boolean cut(Message head, String body) {
        messages.add(
                new Message(head.first, head.second, head.minor, head.fields, body, List.of(), false, text.length()));
        at = text.length();
        return false;
    }

    /** The one Content-Length, or -1 without; refuses two ways to know the end. */
    private static long length(Message head) throws Malformed {
        List<String> lengths = head.values("Content-Length");
        List<String> codings = head.values("Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            throw new Malformed("more than one framing");
        }
        if (!codings.isEmpty() && (head.minor == 0 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            throw new Malformed("coding " + codings);
        }
        if (!lengths.isEmpty() && !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new Malformed("length " + lengths);
        }
        return lengths.isEmpty() ? -1 : Long.parseLong(lengths.getFirst());
    }

    /** {@code unsaid}: the length without a word about it, -1 for until close. */
    private boolean body(Message head, long unsaid) throws Malformed {
        long said = length(head);
        if (!head.values("Transfer-Encoding").isEmpty()) {
            return chunks(head);
        }
        long length = said < 0 ? unsaid : said;
        if (length < 0 || length > text.length() - at) {
            String rest = text.substring(at);
            if (length >= 0 || !closed) {
                return cut(head, rest);
            }
            at = text.length();
            messages.add(done(head, rest, List.of()));
            return false;
        }
        String body = text.substring(at, at + (int) length);
        at += (int) length;
        messages.add(done(head, body, List.of()));
        return true;
    }

    private boolean chunks(Message head) throws Malformed {
        StringBuilder body = new StringBuilder();
        try {
            for (int size = size(); size > 0; size = size()) {
                if (text.length() - at < size + 2) {
                    return cut(head, body + text.substring(at, Math.min(text.length(), at + size)));
                }
                body.append(text, at, at + size);
                if (!text.startsWith("\r\n", at + size)) {
                    throw new Malformed("no CRLF behind a chunk");
                }
                at += size + 2;
            }
            if (at < 0) {
                return cut(head, body.toString());
            }
            return trailers(head, body.toString());
        } catch (Malformed e) {
            cut(head, body.toString());
            throw e;
        }
    }

    /** The next chunk's size, 0 for the last; -1 and at the end when its line is not all there. */
    private int size() throws Malformed {
        int end = text.indexOf("\r\n", at);
        if (end < 0) {
            at = -1;
            return -1;
        }
        long size = Long.parseLong(match(SIZE, text.substring(at, end)).group(1), 16);
        at = end + 2;
        return (int) Math.min(size, 1_000_000_000);
    }

    private boolean trailers(Message head, String body) throws Malformed {
        List<Field> trailers = new ArrayList<>();
        for (int end = text.indexOf("\r\n", at); end >= 0; end = text.indexOf("\r\n", at)) {
            String line = text.substring(at, end);
            at = end + 2;
            if (line.isEmpty()) {
                messages.add(done(head, body, trailers));
                return true;
            }
            trailers.add(field(line));
        }
        return cut(head, body);
    }
}

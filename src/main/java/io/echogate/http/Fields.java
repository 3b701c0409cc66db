package io.echogate.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one head as offsets into its bytes: no object per field. Confined to one thread; reused from
 * head to head. Indices run from 0 in the order of arrival.
 */
public final class Fields {
    private static final int INTS = 4;
    private static final int KNOWN = FieldName.values().length;

    private final HeadBuffer buffer;
    private final int limit;
    private final int[] firstOf = new int[KNOWN];
    private final int[] countOf = new int[KNOWN];
    private int[] spans = new int[16 * INTS];
    private FieldName[] names = new FieldName[16];
    private boolean[] dropped = new boolean[16];
    private int count;

    Fields(HeadBuffer buffer, int limit) {
        this.buffer = buffer;
        this.limit = limit;
        clear();
    }

    void clear() {
        count = 0;
        Arrays.fill(firstOf, -1);
        Arrays.fill(countOf, 0);
    }

    /** Takes the buffer's current line as a field; null when it is one. */
    @Nullable
    Fault add() {
        byte[] b = buffer.bytes();
        int start = buffer.lineStart();
        int end = buffer.lineEnd();
        if (Chars.blank(b[start])) {
            return count == 0 ? Fault.LEADING_SPACE : Fault.OBS_FOLD;
        }
        int colon = start;
        while (colon < end && Chars.token(b[colon])) {
            colon++;
        }
        if (colon == end || b[colon] != ':') {
            return colon < end && colon > start && Chars.blank(b[colon]) ? Fault.SPACE_BEFORE_COLON : Fault.BAD_NAME;
        }
        return colon == start ? Fault.BAD_NAME : add(start, colon, end);
    }

    private @Nullable Fault add(int start, int colon, int end) {
        if (count == limit) {
            return Fault.TOO_MANY_FIELDS;
        }
        byte[] b = buffer.bytes();
        FieldName name = FieldName.of(b, start, colon);
        if (name != FieldName.OTHER && hasUnderscore(b, start, colon)) {
            return Fault.LOOKALIKE_NAME;
        }
        int from = colon + 1;
        int to = end;
        while (from < to && Chars.blank(b[from])) {
            from++;
        }
        while (to > from && Chars.blank(b[to - 1])) {
            to--;
        }
        store(name, start, colon, from, to);
        return null;
    }

    private void store(FieldName name, int start, int colon, int from, int to) {
        if (count == names.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
            names = Arrays.copyOf(names, count * 2);
            dropped = Arrays.copyOf(dropped, count * 2);
        }
        int at = count * INTS;
        spans[at] = start;
        spans[at + 1] = colon;
        spans[at + 2] = from;
        spans[at + 3] = to;
        names[count] = name;
        dropped[count] = false;
        if (countOf[name.slot()]++ == 0) {
            firstOf[name.slot()] = count;
        }
        count++;
    }

    private static boolean hasUnderscore(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (b[i] == '_') {
                return true;
            }
        }
        return false;
    }

    /**
     * Marks the fields that {@code Connection} lists as meant for this hop only (RFC 9110 §7.6.1). It may not list more
     * than there may be fields, or a head full of commas would cost its length times its fields.
     */
    @Nullable
    Fault dropListed() {
        int listed = 0;
        for (int i = first(FieldName.CONNECTION); i >= 0 && i < count; i++) {
            int at = names[i] == FieldName.CONNECTION ? valueStart(i) : valueEnd(i);
            while (at < valueEnd(i)) {
                if (++listed > limit) {
                    return Fault.TOO_MANY_FIELDS;
                }
                int end = elementEnd(i, at);
                dropNamed(at, end);
                at = end + 1;
            }
        }
        return null;
    }

    private void dropNamed(int start, int end) {
        byte[] b = buffer.bytes();
        int from = start;
        int to = end;
        while (from < to && Chars.blank(b[from])) {
            from++;
        }
        while (to > from && Chars.blank(b[to - 1])) {
            to--;
        }
        for (int i = 0; i < count; i++) {
            if (nameEnd(i) - nameStart(i) == to - from && same(b, nameStart(i), from, to - from)) {
                dropped[i] = true;
            }
        }
    }

    private static boolean same(byte[] b, int one, int other, int length) {
        for (int k = 0; k < length; k++) {
            if (Chars.folded(b[one + k]) != Chars.folded(b[other + k])) {
                return false;
            }
        }
        return true;
    }

    private int elementEnd(int field, int from) {
        byte[] b = buffer.bytes();
        int at = from;
        while (at < valueEnd(field) && b[at] != ',') {
            at++;
        }
        return at;
    }

    /** True when a field of that name has that element in its comma-separated list, without regard to case. */
    public boolean lists(FieldName name, String element) {
        for (int i = first(name); i >= 0 && i < count; i++) {
            if (names[i] == name && lists(i, element)) {
                return true;
            }
        }
        return false;
    }

    private boolean lists(int field, String element) {
        byte[] b = buffer.bytes();
        int at = valueStart(field);
        while (at < valueEnd(field)) {
            int end = elementEnd(field, at);
            int from = at;
            int to = end;
            while (from < to && Chars.blank(b[from])) {
                from++;
            }
            while (to > from && Chars.blank(b[to - 1])) {
                to--;
            }
            if (spells(from, to, element)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private boolean spells(int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        byte[] b = buffer.bytes();
        for (int k = 0; k < text.length(); k++) {
            if (Character.toLowerCase((char) (b[from + k] & 0xff)) != Character.toLowerCase(text.charAt(k))) {
                return false;
            }
        }
        return true;
    }

    public int count() {
        return count;
    }

    /** Which of the known fields it is. */
    public FieldName name(int field) {
        return names[field];
    }

    /** True when {@code Connection} lists it: not to be passed on. */
    public boolean dropped(int field) {
        return dropped[field];
    }

    /** Index of the first field of that name, or -1. */
    public int first(FieldName name) {
        return firstOf[name.slot()];
    }

    /** How many fields of that name there are. */
    public int count(FieldName name) {
        return countOf[name.slot()];
    }

    public boolean has(FieldName name) {
        return countOf[name.slot()] > 0;
    }

    /** Index of the first field of that name, without regard to case, or -1. */
    public int find(String name) {
        return find(name, 0);
    }

    /** Index of the first field of that name at {@code from} or behind it, or -1. */
    public int find(String name, int from) {
        for (int i = from; i < count; i++) {
            if (spells(nameStart(i), nameEnd(i), name)) {
                return i;
            }
        }
        return -1;
    }

    /** The name as it came. Allocates: not for a proxied request's path. */
    public String nameText(int field) {
        int from = nameStart(field);
        return new String(buffer.bytes(), from, nameEnd(field) - from, StandardCharsets.ISO_8859_1);
    }

    /** The trimmed value, byte for byte as ISO 8859-1. Allocates: not for a proxied request's path. */
    public String value(int field) {
        int from = valueStart(field);
        return new String(buffer.bytes(), from, valueEnd(field) - from, StandardCharsets.ISO_8859_1);
    }

    /** True when the whole value is that text, without regard to case. */
    public boolean valueIs(int field, String text) {
        return spells(valueStart(field), valueEnd(field), text);
    }

    /** The bytes that all offsets point into; valid until the head is reset. Not to be written to. */
    public byte[] bytes() {
        return buffer.bytes();
    }

    public int nameStart(int field) {
        return spans[field * INTS];
    }

    public int nameEnd(int field) {
        return spans[field * INTS + 1];
    }

    public int valueStart(int field) {
        return spans[field * INTS + 2];
    }

    public int valueEnd(int field) {
        return spans[field * INTS + 3];
    }
}

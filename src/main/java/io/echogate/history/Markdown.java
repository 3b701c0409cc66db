package io.echogate.history;

import java.util.regex.Pattern;

/** Untrusted text as Markdown that shows it as it is, on one line: nothing in it is a mark, a tag or a link. */
final class Markdown {
    /** Marks wherever they are. */
    private static final String MARKS = "\\`*_{}[]()#!|~^$@";

    /** Begins of what some readers make into a link by itself, and of lists. */
    private static final Pattern BEGINS =
            Pattern.compile("(?i)(?<=\\bwww)\\.|:(?=//)|^[-+=]|(?<=^\\d{1,9})\\.(?=\\s|$)");

    private Markdown() {}

    /** Marks escaped, HTML as entities, line breaks and whatever else is invisible as blanks. */
    static String plain(String untrusted) {
        StringBuilder visible = new StringBuilder(untrusted.length());
        untrusted.codePoints().forEach(c -> visible.appendCodePoint(invisible(c) ? ' ' : c));
        String begun = BEGINS.matcher(visible.toString().strip()).replaceAll("\u0000$0");
        StringBuilder out = new StringBuilder(begun.length() + 16);
        begun.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /** A zero, which nothing visible is, stands before what has to be escaped here only. */
    private static void append(StringBuilder out, int c) {
        switch (c) {
            case 0 -> out.append('\\');
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> {
                if (MARKS.indexOf(c) >= 0) {
                    out.append('\\');
                }
                out.appendCodePoint(c);
            }
        }
    }

    /** Control characters, line and paragraph separators, and what turns the direction of writing. */
    private static boolean invisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}

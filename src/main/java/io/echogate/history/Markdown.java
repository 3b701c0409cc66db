package io.echogate.history;

/** Untrusted text as Markdown that shows it as it is, on one line: nothing in it is a mark, a tag or a link. */
final class Markdown {
    private static final String MARKS = "\\`*_{}[]()#+-.!|~^$:=@\"'/";

    private Markdown() {}

    /** Punctuation escaped, HTML as entities, line breaks and whatever else is invisible as blanks. */
    static String plain(String untrusted) {
        StringBuilder out = new StringBuilder(untrusted.length() + 16);
        untrusted.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> {
                if (invisible(c)) {
                    out.append(' ');
                } else {
                    if (MARKS.indexOf(c) >= 0) {
                        out.append('\\');
                    }
                    out.appendCodePoint(c);
                }
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

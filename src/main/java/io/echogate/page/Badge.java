package io.echogate.page;

import java.util.Arrays;

/** A small picture with two words in it, as pages of others show it. White text has at least 4.5 : 1 on each ground. Pure. */
final class Badge {
    private static final int PADDING = 6;
    private static final int SIZE = 11;
    private static final int MOST = 80;

    /** Of Verdana, from the space to the tilde, in thousandths of its size. */
    private static final int[] WIDTHS = {
        352, 394, 459, 818, 636, 1076, 727, 269, 454, 454, 636, 818, 364, 454, 364, 454, 636, 636, 636, 636, 636, 636,
        636, 636, 636, 636, 454, 454, 818, 818, 818, 545, 1000, 684, 686, 698, 771, 632, 575, 775, 751, 421, 455, 693,
        557, 843, 748, 787, 603, 787, 695, 684, 616, 732, 684, 989, 685, 615, 685, 454, 454, 454, 818, 636, 636, 601,
        623, 521, 623, 596, 352, 623, 633, 274, 344, 592, 274, 973, 633, 607, 623, 623, 427, 521, 394, 633, 592, 818,
        592, 592, 525, 635, 454, 635, 818
    };

    /** Grounds. */
    enum Tone {
        GOOD("#17713f"),
        DOUBT("#855300"),
        BAD("#b3261e"),
        PLANNED("#1d5f8a"),
        UNKNOWN("#5c666c");

        private final String colour;

        Tone(String colour) {
            this.colour = colour;
        }
    }

    private Badge() {}

    static Tone tone(Seen.Word word) {
        return switch (word) {
            case OPERATIONAL -> Tone.GOOD;
            case DEGRADED -> Tone.DOUBT;
            case DOWN -> Tone.BAD;
            case MAINTENANCE -> Tone.PLANNED;
            case UNKNOWN -> Tone.UNKNOWN;
        };
    }

    static Tone tone(double percent) {
        if (percent >= 99.9) {
            return Tone.GOOD;
        }
        return percent >= 99 ? Tone.DOUBT : Tone.BAD;
    }

    static String of(String label, String value, Tone tone) {
        String left = cut(label);
        String right = cut(value);
        int a = width(left);
        int b = width(right);
        int first = a + 2 * PADDING;
        int whole = first + b + 2 * PADDING;
        Markup out = new Markup();
        out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"20\" role=\"img\"")
                .put("width", "" + whole)
                .put("viewBox", "0 0 " + whole + " 20")
                .put("aria-label", left + ": " + right)
                .raw(">");
        out.element("title", left + ": " + right);
        out.raw("<rect width=\"" + whole + "\" height=\"20\" rx=\"3\" fill=\"" + tone.colour + "\"/>");
        out.raw("<rect width=\"" + first + "\" height=\"20\" rx=\"3\" fill=\"#3d4447\"/>");
        out.raw("<rect x=\"" + (first - 3) + "\" width=\"3\" height=\"20\" fill=\"#3d4447\"/>");
        out.raw("<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"" + SIZE + "\">");
        text(out, PADDING, a, left);
        text(out, first + PADDING, b, right);
        return out.raw("</g></svg>\n").toString();
    }

    private static void text(Markup out, int x, int width, String text) {
        out.raw("<text x=\"" + x + "\" y=\"14\" textLength=\"" + width + "\">")
                .text(text)
                .raw("</text>");
    }

    private static String cut(String text) {
        int[] points = text.codePoints().toArray();
        return points.length <= MOST ? text : new String(points, 0, MOST - 1) + "…";
    }

    /** In pixels, rounded up; what is not ASCII is taken for as wide as it can be, or narrower when it is Latin. */
    static int width(String text) {
        int thousandths = text.codePoints().map(Badge::width).sum();
        return Math.max(1, Math.ceilDiv(thousandths * SIZE, 1000));
    }

    private static int width(int c) {
        if (c >= ' ' && c <= '~') {
            return WIDTHS[c - ' '];
        }
        return c < 0x530 ? 680 : Arrays.stream(WIDTHS).max().orElse(1000);
    }
}

package io.echogate.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody probably meant who wrote a key that isn't one. */
final class Hint {
    private Hint() {}

    /**
     * For the second half of a fault.
     *
     * @param siblings the keys of the same mapping
     * @param known the paths of all keys
     */
    static String of(String key, Collection<String> siblings, Collection<String> known) {
        String wanted = bare(key);
        int tolerance = Math.max(1, wanted.length() / 3);
        return siblings.stream()
                .filter(sibling -> distance(wanted, bare(sibling)) <= tolerance)
                .min(Comparator.comparingInt(sibling -> distance(wanted, bare(sibling))))
                .or(() -> known.stream()
                        .filter(path -> path.indexOf('[') < 0)
                        .filter(path ->
                                bare(path.substring(path.lastIndexOf('.') + 1)).equals(wanted))
                        .findFirst())
                .map(meant -> meant + " (did you mean that?)")
                .orElseGet(() -> "one of " + String.join(", ", siblings));
    }

    private static String bare(String key) {
        String bare = key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
        return bare.substring(0, Math.min(bare.length(), 64));
    }

    /** Levenshtein's: insertions, deletions and replacements. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One language of the public page, from the page's own bundles: the few sentences that the server writes. The viewer's zone
 * is not known here, so times are UTC and say so. Immutable.
 */
final class Words {
    private static final String ENGLISH = "en";
    private static final int MOST_ACCEPTED = 500;
    private static final Map<String, Locale> LOCALES = new LinkedHashMap<>();

    static {
        LOCALES.put(ENGLISH, Locale.UK);
        LOCALES.put("de", Locale.GERMANY);
    }

    private final String language;
    private final Locale locale;
    private final JsonObject bundle;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;
    private final DateTimeFormatter seconds;

    private Words(String language, Locale locale) {
        this.language = language;
        this.locale = locale;
        this.bundle = new JsonObject(read("messages/" + language + ".json"));
        this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC);
        this.time = DateTimeFormatter.ofPattern("HH:mm", locale).withZone(ZoneOffset.UTC);
        this.seconds = DateTimeFormatter.ofPattern("HH:mm:ss", locale).withZone(ZoneOffset.UTC);
    }

    private static String read(String name) {
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every language that there is, by its code. */
    static Map<String, Words> all() {
        Map<String, Words> all = new LinkedHashMap<>();
        LOCALES.forEach((language, locale) -> all.put(language, new Words(language, locale)));
        return all;
    }

    /** The code of the language that suits that {@code Accept-Language} best; English when none does. */
    static String chosen(@Nullable String accepted) {
        if (accepted == null || accepted.length() > MOST_ACCEPTED) {
            return ENGLISH;
        }
        try {
            List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(accepted);
            String found = Locale.lookupTag(wanted, LOCALES.keySet());
            return found == null ? ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }

    String language() {
        return language;
    }

    /**
     * A sentence.
     *
     * @param values names and values by turns; the whole number {@code n} chooses between one and several
     */
    String t(String key, Object... values) {
        int dot = key.indexOf('.');
        Object said = bundle.getJsonObject(key.substring(0, dot)).getValue(key.substring(dot + 1));
        String sentence = String.valueOf(said instanceof JsonObject plural ? plural.getString(form(values)) : said);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < sentence.length()) {
            int open = sentence.indexOf('{', at);
            int end = open < 0 ? -1 : sentence.indexOf('}', open);
            if (end < 0) {
                break;
            }
            out.append(sentence, at, open).append(value(sentence.substring(open + 1, end), values));
            at = end + 1;
        }
        return out.append(sentence, at, sentence.length()).toString();
    }

    private static String form(Object... values) {
        return value("n", values).equals("1") ? "one" : "other";
    }

    private static String value(String name, Object... values) {
        for (int i = 0; i + 1 < values.length; i += 2) {
            if (values[i].equals(name)) {
                return String.valueOf(values[i + 1]);
            }
        }
        throw new IllegalArgumentException("no value for " + name);
    }

    /** Cut, not rounded, to two decimals: what is not 100 % is not shown as if it were. */
    String percent(double percent) {
        BigDecimal cut = BigDecimal.valueOf(percent).setScale(2, RoundingMode.DOWN);
        DecimalFormat format = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(locale));
        return t("status.percent", "n", format.format(cut));
    }

    /** In its one or two largest units. */
    String lasting(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (minutes == 0) {
            return t("status.seconds", "n", seconds);
        }
        if (hours == 0) {
            return t("status.minutes", "n", minutes);
        }
        long days = hours / 24;
        return days == 0 ? hours(hours, minutes % 60) : days(days, hours % 24);
    }

    private String hours(long hours, long minutes) {
        return minutes == 0 ? t("status.wholeHours", "n", hours) : t("status.hours", "n", hours, "minutes", minutes);
    }

    private String days(long days, long hours) {
        return hours == 0 ? t("status.wholeDays", "n", days) : t("status.days", "n", days, "hours", hours);
    }

    /** Date and time, to the second. */
    String second(Instant at) {
        return t("status.moment", "date", date(at), "time", seconds.format(at));
    }

    /** Date and time. */
    String moment(Instant at) {
        return t("status.moment", "date", date(at), "time", time.format(at));
    }

    String date(Instant at) {
        return date.format(at);
    }

    /** Hours and minutes, with the zone. */
    String clock(Instant at) {
        return t("status.clock", "time", time.format(at));
    }
}

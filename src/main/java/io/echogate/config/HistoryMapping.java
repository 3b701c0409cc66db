package io.echogate.config;

import io.echogate.config.HistoryRules.Tier;
import io.echogate.config.Node.Mapping;
import io.echogate.config.Node.Refused;
import io.echogate.config.Node.Scalar;
import io.echogate.config.Node.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys → what is remembered, and what must hold between the tiers. */
final class HistoryMapping {
    private static final int MAX_TIERS = 8;
    private static final String TIERS = "a list of 1 to 8 tiers, finest first, such as - {step: 1s, keep: 1h}";
    private static final Rule<Duration> STEP = Rules.duration(Duration.ofSeconds(1), Duration.ofDays(7));
    private static final Rule<Duration> KEEP = Rules.duration(Duration.ofMinutes(1), Duration.ofDays(3650));
    private static final Pattern PERCENT = Pattern.compile("(100|[0-9]{1,2}(\\.[0-9]{1,6})?)%");

    private HistoryMapping() {}

    static HistoryRules read(Section in, Notes notes) {
        HistoryRules usual = HistoryRules.DEFAULT;
        return new HistoryRules(
                in.value("enabled", Rules.flag(), usual.enabled()),
                in.value("url", url(), null),
                in.value("user", Rules.text(), null),
                in.value("passwordFile", Rules.file("/etc/echogate/history.password"), null),
                tiers(in, notes, usual.tiers()),
                in.value("events", KEEP, usual.events()),
                in.value("objective", objective(), usual.objectivePercent()));
    }

    private static Rule<String> url() {
        return new Rule<>(
                "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE",
                true,
                text -> text.matches("jdbc:sqlite:[^\\p{Cntrl}?:]+|jdbc:postgresql:[\\x21-\\x7e]+")
                        ? new Value.Ok<>(text)
                        : new Value.No<>(Rule.shown(text) + " is no such URL"));
    }

    private static Rule<Double> objective() {
        return new Rule<>(
                "a percentage from 0% to 100%, such as 99.95%",
                true,
                text -> PERCENT.matcher(text).matches()
                        ? new Value.Ok<>(new BigDecimal(text.substring(0, text.length() - 1)).doubleValue())
                        : new Value.No<>(Rule.shown(text) + " is no percentage"));
    }

    private static List<Tier> tiers(Section in, Notes notes, List<Tier> usual) {
        Sequence list = in.list("tiers", TIERS);
        if (list == null) {
            return usual;
        }
        if (list.items().isEmpty() || list.items().size() > MAX_TIERS) {
            notes.add(list.at(), "history.tiers", "has " + list.items().size() + " items", TIERS);
            return usual;
        }
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Tier tier = tier(list.items().get(i), "history.tiers[" + i + "]", notes);
            if (tier == null) {
                return usual;
            }
            related(tiers.isEmpty() ? null : tiers.getLast(), tier, "history.tiers[" + i + "]", notes);
            tiers.add(tier);
        }
        return tiers;
    }

    private static @Nullable Tier tier(Node item, String key, Notes notes) {
        return switch (item) {
            case Mapping mapping -> {
                Section in = new Section(notes, key + ".", mapping);
                Duration step = in.required("step", STEP);
                Duration keep = in.required("keep", KEEP);
                yield step == null || keep == null ? null : new Tier(step, keep);
            }
            case Refused _ -> null;
            case Scalar _, Sequence _ -> {
                notes.add(item.at(), key, "is " + item.kind(), "a tier, such as {step: 1s, keep: 1h}");
                yield null;
            }
        };
    }

    /** What rolling up from one tier to the next needs. */
    private static void related(@Nullable Tier finer, Tier tier, String key, Notes notes) {
        Duration block = Units.times(tier.step(), HistoryRules.BLOCK);
        if (tier.step().toMillis() % 1000 != 0) {
            notes.add(notes.at(key + ".step"), key + ".step", "is no whole number of seconds", "whole seconds");
        } else if (tier.keep().compareTo(block) < 0) {
            String problem = "is shorter than " + HistoryRules.BLOCK + " × step " + Units.text(tier.step());
            notes.add(notes.at(key + ".keep"), key + ".keep", problem, "at least " + Units.text(block));
        } else if (finer == null && tier.step().compareTo(Duration.ofMinutes(1)) > 0) {
            notes.add(notes.at(key + ".step"), key + ".step", "is too coarse for the first tier", "at most 1m");
        } else if (finer != null) {
            follows(finer, tier, key, notes);
        }
    }

    private static void follows(Tier finer, Tier tier, String key, Notes notes) {
        long block = finer.step().toSeconds() * HistoryRules.BLOCK;
        long step = tier.step().toSeconds();
        if (step <= finer.step().toSeconds() || step % finer.step().toSeconds() != 0 || block % step != 0) {
            notes.add(
                    notes.at(key + ".step"),
                    key + ".step",
                    Units.text(tier.step()) + " cannot be made of steps of " + Units.text(finer.step()),
                    "a larger multiple of it that divides " + Units.text(Duration.ofSeconds(block)));
        }
        if (tier.keep().compareTo(finer.keep()) < 0) {
            notes.add(
                    notes.at(key + ".keep"),
                    key + ".keep",
                    "is shorter than that of the finer tier before it",
                    "at least " + Units.text(finer.keep()));
        }
    }
}

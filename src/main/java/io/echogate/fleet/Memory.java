package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.judge.Dossier;
import io.echogate.judge.Judge;
import io.echogate.model.Command;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.echogate.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes up what an earlier run of the monitor knew. Touched by the writer's thread only. */
final class Memory {
    /** A member that was UP is taken to be so for as long: it may be routed to before it has answered anything. */
    private static final Duration UP_FOR = Duration.ofSeconds(60);

    private static final Duration DOWN_FOR = Duration.ofHours(24);

    private final Files files;
    private final Roster roster;
    private final Journal journal;
    private final Clock clock;

    Memory(Files files, Roster roster, Journal journal, Clock clock) {
        this.files = files;
        this.roster = roster;
        this.journal = journal;
        this.clock = clock;
    }

    /** Those members about whom anything is another than before: their verdicts are to be drawn anew. */
    List<MemberFile> recall(Command.Recalled recalled) {
        List<MemberFile> taken = new ArrayList<>();
        for (Recollection r : recalled.verdicts()) {
            MemberFile file = files.get(r.member());
            if (file != null && file.url().equals(r.url()) && fresh(r) && taken(file, r)) {
                taken.add(file);
            }
        }
        if (!recalled.verdicts().isEmpty() || !recalled.incidents().isEmpty()) {
            journal.recalled(words(recalled.verdicts(), taken.size()), recalled.incidents(), up());
        }
        return taken;
    }

    private boolean fresh(Recollection r) {
        Duration age = Duration.between(r.at(), clock.now()).abs();
        return switch (r.state()) {
            case UP -> age.compareTo(UP_FOR) <= 0;
            case DOWN -> age.compareTo(DOWN_FOR) <= 0;
            case UNKNOWN, SUSPECT, RECOVERING -> false;
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same one says that nothing has changed
    private boolean taken(MemberFile file, Recollection r) {
        long lasted = Math.max(0, Duration.between(r.since(), clock.now()).toNanos());
        Dossier before = file.dossier();
        Dossier after = Judge.recall(before, new Verdict(r.state(), r.cause(), clock.nanos() - lasted, r.why()));
        if (after == before) {
            return false;
        }
        file.conclude(before, after);
        files.count(file, before);
        roster.touch(file);
        return true;
    }

    private Set<String> up() {
        return files.everybody()
                .filter(f -> f.dossier().verdict().state() == State.UP)
                .map(MemberFile::name)
                .collect(Collectors.toSet());
    }

    /** "2 of 3 verdicts recalled from a run that ended 3.2 s ago". */
    private String words(List<Recollection> verdicts, int taken) {
        String what = taken + " of " + verdicts.size() + " verdicts recalled from ";
        return verdicts.stream()
                .map(Recollection::at)
                .max(Instant::compareTo)
                .map(at -> what + "a run that ended " + ago(at) + " ago")
                .orElse(what + "an earlier run");
    }

    private String ago(Instant at) {
        long tenths = Math.max(0, Duration.between(at, clock.now()).toMillis() / 100);
        long minutes = tenths / 600;
        if (minutes < 2) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
    }
}

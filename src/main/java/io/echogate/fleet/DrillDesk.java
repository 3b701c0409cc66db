package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.judge.Orders;
import io.echogate.model.Command;
import io.echogate.model.Drill;
import io.echogate.model.Member;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Drills, begun, refused and ended, and whoever waits for the answer. Touched by the writer's thread only. */
final class DrillDesk {
    private record Answer(
            Consumer<@Nullable String> to, @Nullable String refusal) {}

    private final Map<String, MemberFile> files;
    private final Journal journal;
    private final Clock clock;
    private final List<Answer> answers = new ArrayList<>();
    private @Nullable Drill current;
    private boolean forced;
    private boolean changed;

    DrillDesk(Map<String, MemberFile> files, Journal journal, Clock clock) {
        this.files = files;
        this.journal = journal;
        this.clock = clock;
    }

    /** The drill that lasts, or null. */
    @Nullable
    Drill current() {
        return current;
    }

    /** Looks whether it may last; true when another one lasts, or none, than at the last look. */
    boolean changed() {
        look();
        boolean was = changed;
        changed = false;
        return was;
    }

    void begin(Command.Drilled wanted) {
        answers.add(new Answer(wanted.reply(), refusal(wanted)));
    }

    private @Nullable String refusal(Command.Drilled wanted) {
        MemberFile file = files.get(wanted.drill().member());
        if (file == null) {
            return "no member " + wanted.drill().member();
        }
        List<Member> members = files.values().stream().map(MemberFile::view).toList();
        String refusal = Orders.drillRefusal(members, file.view(), current, wanted.force());
        if (refusal == null) {
            Drill d = wanted.drill();
            current = new Drill(d.member(), d.mode(), d.by(), d.why(), clock.now(), d.until(), clock.nanos());
            forced = wanted.force();
            changed = true;
            journal.drillBegins(file, current);
        }
        return refusal;
    }

    void end(Command.DrillEnds wanted) {
        Drill lasts = current;
        boolean of = lasts != null && lasts.member().equals(wanted.member());
        answers.add(new Answer(wanted.reply(), of ? null : "no drill of " + wanted.member() + " lasts"));
        if (of) {
            end(wanted.why());
        }
    }

    private void end(String why) {
        MemberFile file = current == null ? null : files.get(current.member());
        current = null;
        changed = true;
        if (file != null) {
            journal.drillEnds(file, why);
        }
    }

    /** Nobody is to lose a request by a drill: it ends when no other member is UP, unless an operator has insisted. */
    private void look() {
        Drill lasts = current;
        if (lasts == null || forced) {
            return;
        }
        boolean others = files.values().stream().map(MemberFile::view).anyMatch(m -> !lasts.of(m) && wellAndWanted(m));
        if (!others) {
            end("nobody else is UP, so it is needed");
        }
    }

    private static boolean wellAndWanted(Member m) {
        return m.state() == State.UP && Orders.mayServe(m);
    }

    /** Tells everybody who waits; what they asked for is published. */
    void answer() {
        answers.forEach(answer -> answer.to().accept(answer.refusal()));
        answers.clear();
    }
}

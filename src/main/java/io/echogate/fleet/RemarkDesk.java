package io.echogate.fleet;

import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people say about incidents, taken or refused, and whoever waits for the answer. Touched by the writer's thread only. */
final class RemarkDesk {
    private record Answer(
            Consumer<@Nullable String> to, @Nullable String refusal) {}

    private final Journal journal;
    private final List<Answer> answers = new ArrayList<>();

    RemarkDesk(Journal journal) {
        this.journal = journal;
    }

    void take(Command.Remarked remarked) {
        answers.add(new Answer(remarked.reply(), refusal(remarked.remark())));
    }

    private @Nullable String refusal(Detail.Remark remark) {
        Incident incident = journal.casebook().incident(remark.incident());
        if (incident == null) {
            return "no incident " + remark.incident() + " among those that last and the newest";
        }
        if (incident.remarks().size() >= Draft.REMARKS) {
            return "incident " + remark.incident() + " has " + Draft.REMARKS + " remarks and takes no more";
        }
        journal.remark(remark);
        return null;
    }

    /** Tells everybody who waits; what they said is published. */
    void answer() {
        answers.forEach(answer -> answer.to().accept(answer.refusal()));
        answers.clear();
    }
}

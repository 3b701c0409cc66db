package io.echogate.fleet;

import io.echogate.judge.Dossier;
import io.echogate.judge.Isolation;
import io.echogate.judge.Rules;
import io.echogate.model.Command;
import java.util.List;

/** Whether it is us, weighed over all members whenever that can be another than before. Touched by the writer's thread only. */
final class Weighing {
    private final Files files;
    private final Journal journal;
    private final Rules rules;
    private Isolation isolation = Isolation.NONE;

    Weighing(Files files, Journal journal, Rules rules) {
        this.files = files;
        this.journal = journal;
        this.rules = rules;
    }

    /** What is known of it now. */
    Isolation isolation() {
        return isolation;
    }

    /** Somebody was heard; true when everybody's verdict is to be drawn anew. */
    boolean heard() {
        return mayTurn() && weigh();
    }

    /** A witness was heard; the same. */
    boolean hear(Command.Witness witness) {
        isolation = isolation.hear(witness.address(), witness.answered(), witness.atNanos());
        return weigh();
    }

    /** Weighing asks every member, so an echo leads to it only while its outcome can be another than before. */
    private boolean mayTurn() {
        return files.allDark() ? !isolation.isolated() : isolation.holds();
    }

    private boolean weigh() {
        List<Dossier> dossiers =
                files.askable().stream().map(MemberFile::dossier).toList();
        Isolation before = isolation;
        isolation = before.conclude(dossiers, rules);
        if (isolation.isolated() != before.isolated()) {
            journal.isolation(isolation.isolated(), isolation.witnessed());
        }
        return isolation.isolated() != before.isolated() || isolation.holds() != before.holds();
    }
}

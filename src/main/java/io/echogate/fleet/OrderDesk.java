package io.echogate.fleet;

import io.echogate.clock.Clock;
import io.echogate.judge.Orders;
import io.echogate.model.Command;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Operators' orders, taken or refused, and whoever waits for the answer. Touched by the writer's thread only. */
final class OrderDesk {
    private record Answer(
            Consumer<@Nullable String> to, @Nullable String refusal) {}

    private final Map<String, MemberFile> files;
    private final Roster roster;
    private final Journal journal;
    private final Clock clock;
    private final List<Answer> answers = new ArrayList<>();

    OrderDesk(Map<String, MemberFile> files, Roster roster, Journal journal, Clock clock) {
        this.files = files;
        this.roster = roster;
        this.journal = journal;
        this.clock = clock;
    }

    void take(Command.Ordered ordered) {
        answers.add(new Answer(ordered.reply(), refusal(ordered)));
    }

    private @Nullable String refusal(Command.Ordered ordered) {
        MemberFile file = files.get(ordered.member());
        if (file == null) {
            return "no member " + ordered.member();
        }
        Order order = ordered.order();
        if (order.intent() == Intent.READY && file.order().intent() == Intent.READY) {
            return null;
        }
        List<Member> members = files.values().stream().map(MemberFile::view).toList();
        String refusal = Orders.refusal(members, file.view(), order.intent(), ordered.force());
        if (refusal == null) {
            put(file, order);
        }
        return refusal;
    }

    private void put(MemberFile file, Order order) {
        file.order(order.timed(clock.now(), clock.nanos()));
        roster.touch(file);
        journal.order(file, order);
    }

    /** Whose time is up is wanted again. */
    void lapse() {
        for (MemberFile file : files.values()) {
            if (file.order().lapsed(clock.now())) {
                put(file, Order.ready("echogate", "time is up", clock.now()));
            }
        }
    }

    void cut(Command.Cut cut) {
        MemberFile file = files.get(cut.member());
        if (file != null) {
            journal.cut(file, cut.count());
        }
    }

    /** Tells everybody who waits; what they asked for is published. */
    void answer() {
        answers.forEach(answer -> answer.to().accept(answer.refusal()));
        answers.clear();
    }
}

package io.echogate.page;

import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Drill;
import io.echogate.model.Intent;
import io.echogate.model.Kind;
import io.echogate.model.Order;
import io.echogate.model.Outcome;
import java.time.Duration;

/** Seventy days of a small fleet: failures of each kind, a late one, planned work, a drill; the last one lasts. */
final class Chronicle {
    /** What a member, a client or an operator might write. */
    static final String NASTY = "<img src=x onerror=\"document.title='owned'\">";

    private final Lived lived;

    private Chronicle(Lived lived) {
        this.lived = lived;
    }

    static void fill(Lived lived) throws Exception {
        Chronicle all = new Chronicle(lived);
        all.seconds(5);
        all.days(12);
        all.froze(Duration.ofSeconds(151), 40, 0);
        all.days(9);
        all.maintained();
        all.days(11);
        all.refused("S2", Duration.ofMinutes(50), 3, 2);
        all.days(13);
        all.played();
        all.days(6);
        all.noticedLate();
        all.days(14);
        all.answeredWrongly();
        all.days(4);
        all.bothFailed();
        all.days(1);
        all.lasts();
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            lived.second();
        }
    }

    private void days(int count) throws Exception {
        lived.clock.advance(Duration.ofDays(count));
        seconds(3);
        lived.stored();
    }

    private void met(int member, int elsewhere, int failed) throws Exception {
        lived.stored();
        for (int i = 0; i < elsewhere + failed; i++) {
            lived.takings.met(member, i < elsewhere);
        }
        lived.second();
        lived.stored();
    }

    private void over(String member, Duration after) throws Exception {
        lived.clock.advance(after);
        lived.up(member);
        seconds(2);
        lived.stored();
    }

    private void froze(Duration lasted, int elsewhere, int failed) throws Exception {
        lived.freeze("S1");
        met(0, elsewhere, failed);
        over("S1", lasted);
    }

    private void refused(String member, Duration lasted, int elsewhere, int failed) throws Exception {
        lived.down(member);
        met(member.equals("S1") ? 0 : 1, elsewhere, failed);
        over(member, lasted);
    }

    /** An hour, in which it is down, too. */
    private void maintained() throws Exception {
        order("S1", Intent.MAINTENANCE);
        lived.down("S1");
        over("S1", Duration.ofHours(1));
        order("S1", Intent.READY);
        lived.second();
    }

    private void order(String member, Intent intent) {
        Order order = intent == Intent.READY
                ? Order.ready("bob", "done", lived.clock.now())
                : new Order(
                        intent,
                        "bob",
                        "new disks",
                        lived.clock.now(),
                        null,
                        lived.clock.now().plusSeconds(10),
                        Order.NEVER);
        lived.writer.accept(new Command.Ordered(member, order, true, refusal -> {}));
    }

    private void played() throws Exception {
        Drill drill = new Drill(
                "S1",
                Drill.Mode.FREEZE,
                "carol",
                "game day",
                lived.clock.now(),
                lived.clock.now().plusSeconds(60),
                lived.clock.nanos());
        lived.drill(drill, true, outcome -> {});
        lived.freeze("S1");
        seconds(1);
        lived.endDrill("S1", "carol", outcome -> {});
        over("S1", Duration.ofSeconds(20));
    }

    /** Nobody asked for eight seconds. */
    private void noticedLate() throws Exception {
        lived.clock.advanceMillis(8_000);
        refused("S1", Duration.ofMinutes(9), 12, 0);
    }

    private void answeredWrongly() throws Exception {
        lived.down("S2", Outcome.WRONG);
        over("S2", Duration.ofSeconds(35));
    }

    private void bothFailed() throws Exception {
        lived.down("S1");
        lived.down("S2");
        met(0, 0, 31);
        lived.clock.advance(Duration.ofMinutes(4));
        lived.up("S2");
        over("S1", Duration.ofSeconds(20));
    }

    private void lasts() throws Exception {
        lived.hear(Kind.HTTP, "S2", Outcome.SILENT);
        lived.hear(Kind.HTTP, "S2", Outcome.ANSWERED);
        lived.freeze("S1");
        met(0, 7, 0);
        seconds(20);
        String id = lived.writer.get().incidents().stream()
                .filter(i -> i.open())
                .findFirst()
                .orElseThrow()
                .id();
        lived.said(new Detail.Remark(id, "alice", NASTY, true));
        lived.stored();
    }
}

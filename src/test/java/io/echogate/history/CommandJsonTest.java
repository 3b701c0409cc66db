package io.echogate.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Cause;
import io.echogate.model.Command;
import io.echogate.model.Detail;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Recollection;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that carry what is remembered, there and back. */
final class CommandJsonTest {
    private static Taken thereAndBack(Command command) {
        String line =
                CommandJson.encode(new Taken(command, Long.MIN_VALUE), 1_000).encode();
        return CommandJson.decode(new JsonObject(line), 1_000);
    }

    @Test
    void what_an_earlier_run_knew() {
        Command recalled = new Command.Recalled(
                List.of(
                        new Recollection(
                                "S1",
                                "http://a",
                                State.DOWN,
                                Cause.TLS,
                                Incidents.AT,
                                "\"why\"",
                                Incidents.AT.plusNanos(1)),
                        new Recollection("S2", "http://b", State.UP, Cause.NONE, Incidents.AT, "", Incidents.AT)),
                List.of(Incidents.full(), Incidents.bare()));
        assertThat(thereAndBack(recalled)).isEqualTo(new Taken(recalled, Long.MIN_VALUE));
        Command nothing = new Command.Recalled(List.of(), List.of());
        assertThat(thereAndBack(nothing).command()).isEqualTo(nothing);
    }

    @Test
    void what_somebody_says() {
        Detail.Remark remark = new Detail.Remark("7-3", "alice", "on \u0007 it", true);
        Command back = thereAndBack(new Command.Remarked(remark, refusal -> {})).command();
        assertThat(back).isInstanceOf(Command.Remarked.class);
        assertThat(((Command.Remarked) back).remark()).isEqualTo(remark);
    }
}

package io.echogate.history;

import io.echogate.model.Command;
import io.echogate.model.Drain.Taken;
import io.echogate.model.Echo;
import io.echogate.model.Icmp;
import io.echogate.model.Kind;
import io.echogate.model.Outcome;
import io.echogate.model.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Commands to the fleet's writer ↔ JSON. Times count from the recording's start; what is usual is left out. */
final class CommandJson {
    private CommandJson() {}

    static JsonObject encode(Taken taken, long start) {
        JsonObject json = switch (taken.command()) {
            case Command.Heard(Echo echo) -> echo(echo, start);
            case Command.Carried c ->
                new JsonObject()
                        .put("carried", c.member())
                        .put("atNanos", c.atNanos() - start)
                        .put("answers", JsonArray.of(c.good(), c.errors(), c.broken()))
                        .put("client", c.client())
                        .put("several", c.several());
            case Command.Resolved r ->
                new JsonObject()
                        .put("resolved", r.member())
                        .put("address", address(r.address()))
                        .put("port", r.address().getPort());
            case Command.IcmpIs(Icmp icmp) ->
                new JsonObject().put("icmp", icmp.mode().name()).put("remedy", icmp.remedy());
            case Command.Missed(long nanos) -> new JsonObject().put("missed", nanos);
            case Command.Witness w ->
                new JsonObject()
                        .put("witness", w.address())
                        .put("answered", w.answered())
                        .put("atNanos", w.atNanos() - start);
            case Command.Recalled recalled -> RecalledJson.encode(recalled);
            default -> OperatorJson.encode(taken.command());
        };
        return taken.answeredNanos() == Long.MIN_VALUE ? json : json.put("client", taken.answeredNanos() - start);
    }

    private static JsonObject echo(Echo echo, long start) {
        Timing t = echo.timing();
        JsonObject json = new JsonObject()
                .put("echo", echo.kind().name())
                .put("member", echo.member())
                .put("question", echo.question())
                .put("asked", echo.askedNanos() - start)
                .put("heard", echo.heardNanos() - start)
                .put("outcome", echo.outcome().name())
                .put("timing", JsonArray.of(t.resolved(), t.connected(), t.firstByte(), t.total()))
                .put("detail", echo.detail());
        if (echo.status() != 0) {
            json.put("status", echo.status());
        }
        return echo.acknowledged() ? json.put("acknowledged", true) : json;
    }

    /** Without a scope: the machine that replays may not have that interface. */
    private static String address(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    static Taken decode(JsonObject json, long start) {
        long client = json.containsKey("client") ? Fields.number(json, "client") + start : Long.MIN_VALUE;
        return new Taken(command(json, start), client);
    }

    private static Command carried(JsonObject json, long start) {
        JsonArray answers = Fields.array(json, "answers");
        return new Command.Carried(
                Fields.text(json, "carried"),
                Fields.number(json, "atNanos") + start,
                count(answers, 0),
                count(answers, 1),
                count(answers, 2),
                Fields.number(json, "client"),
                Fields.flag(json, "several"));
    }

    private static Command command(JsonObject json, long start) {
        if (json.containsKey("echo")) {
            return new Command.Heard(echoOf(json, start));
        }
        if (json.containsKey("carried")) {
            return carried(json, start);
        }
        if (json.containsKey("resolved")) {
            InetAddress address = InetAddress.ofLiteral(Fields.text(json, "address"));
            int port = Math.toIntExact(Fields.number(json, "port"));
            return new Command.Resolved(Fields.text(json, "resolved"), new InetSocketAddress(address, port));
        }
        if (json.containsKey("icmp")) {
            return new Command.IcmpIs(
                    new Icmp(Fields.word(Icmp.Mode.class, json, "icmp"), Fields.text(json, "remedy")));
        }
        if (json.containsKey("missed")) {
            return new Command.Missed(Fields.number(json, "missed"));
        }
        if (json.containsKey("witness")) {
            return witness(json, start);
        }
        if (json.containsKey("recalled")) {
            return RecalledJson.decode(json);
        }
        return OperatorJson.decode(json);
    }

    private static Command witness(JsonObject json, long start) {
        return new Command.Witness(
                Fields.flag(json, "answered"), Fields.number(json, "atNanos") + start, Fields.text(json, "witness"));
    }

    private static Echo echoOf(JsonObject json, long start) {
        JsonArray t = Fields.array(json, "timing");
        Timing timing = new Timing(phase(t, 0), phase(t, 1), phase(t, 2), phase(t, 3));
        return new Echo(
                Fields.word(Kind.class, json, "echo"),
                Fields.text(json, "member"),
                Fields.number(json, "question"),
                Fields.number(json, "asked") + start,
                Fields.number(json, "heard") + start,
                Fields.word(Outcome.class, json, "outcome"),
                timing,
                json.containsKey("status") ? Math.toIntExact(Fields.number(json, "status")) : 0,
                json.containsKey("acknowledged") && Fields.flag(json, "acknowledged"),
                Fields.text(json, "detail"));
    }

    private static int count(JsonArray answers, int index) {
        return Math.toIntExact(Fields.whole(answers.getValue(index), "answers"));
    }

    private static long phase(JsonArray timing, int index) {
        return Fields.whole(timing.getValue(index), "timing");
    }
}

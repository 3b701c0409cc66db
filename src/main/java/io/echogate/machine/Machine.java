package io.echogate.machine;

import io.echogate.http.Verb;
import io.echogate.machine.Argument.Absent;
import io.echogate.machine.Argument.Wrong;
import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/**
 * What the machine answers: request in, answer out, no sockets. Confined to the thread of {@code chance}.
 *
 * <p>{@code /} with neither argument is answered with a usage line (200): somebody looks what this is. With one of the
 * two it is a mistake (400), and the other is named.
 */
final class Machine {
    private static final Answer PONG = Answer.text("pong");

    private final String name;
    private final RandomGenerator chance;

    Machine(String name, RandomGenerator chance) {
        this.name = name;
        this.chance = chance;
    }

    /** @param target path and query as they came; an empty path is {@code /} */
    Answer answer(Verb verb, String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        boolean ping = path.equals("/ping");
        boolean sum = path.isEmpty() || path.equals("/");
        if (!ping && !sum && !path.equals("*")) {
            return Answer.line(404, "there is / and there is /ping, and nothing else");
        }
        if (verb != Verb.GET && verb != Verb.HEAD) {
            return Answer.line(405, "only GET and HEAD are answered");
        }
        return ping ? PONG : sum(mark < 0 ? "" : target.substring(mark + 1));
    }

    private Answer sum(String query) {
        Argument first = Argument.read(query, "first");
        Argument second = Argument.read(query, "second");
        if (first instanceof Absent && second instanceof Absent) {
            return Answer.line(
                    200, "This is " + name + ". GET /?first=3&second=7 adds two numbers; GET /ping answers pong.");
        }
        if (first instanceof Argument.Decimal(BigDecimal a) && second instanceof Argument.Decimal(BigDecimal b)) {
            return Answer.json("{\"machine\":" + quoted(name)
                    + ",\"first\":" + a.toPlainString()
                    + ",\"second\":" + b.toPlainString()
                    + ",\"sum\":" + a.add(b).toPlainString()
                    + ",\"random\":" + Between.pick(a, b, chance).toPlainString() + "}");
        }
        String why = complaint("first", first);
        String also = complaint("second", second);
        return Answer.line(400, why + (why.isEmpty() || also.isEmpty() ? "" : "; ") + also);
    }

    private static String complaint(String argument, Argument value) {
        return switch (value) {
            case Absent _ -> argument + " is missing";
            case Wrong wrong -> argument + " " + wrong.why();
            case Argument.Decimal _ -> "";
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}

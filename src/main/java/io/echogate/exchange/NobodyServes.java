package io.echogate.exchange;

import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body that names every member with state and cause, made once per snapshot. Confined to one event loop. */
final class NobodyServes {
    private @Nullable Fleet of;
    private byte[] json = new byte[0];
    private byte[] text = new byte[0];

    byte[] json(Fleet fleet) {
        make(fleet);
        return json;
    }

    byte[] text(Fleet fleet) {
        make(fleet);
        return text;
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is itself
    private void make(Fleet fleet) {
        if (fleet == of) {
            return;
        }
        of = fleet;
        StringBuilder t = new StringBuilder("no member serves\n");
        StringBuilder j = new StringBuilder("{\"status\":503,\"error\":\"no member serves\",\"members\":[");
        String separator = "";
        for (Member m : fleet.members()) {
            String cause = words(m);
            t.append(m.name())
                    .append(' ')
                    .append(m.state())
                    .append(m.cause() == Cause.NONE ? "" : " " + m.cause())
                    .append(": ")
                    .append(cause)
                    .append('\n');
            j.append(separator).append("{\"name\":").append(Json.quoted(m.name()));
            j.append(",\"state\":\"")
                    .append(m.state())
                    .append("\",\"cause\":\"")
                    .append(m.cause());
            j.append("\",\"words\":").append(Json.quoted(cause)).append('}');
            separator = ",";
        }
        json = j.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
        text = t.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String words(Member m) {
        String cause = m.cause() == Cause.NONE ? m.verdict().why() : m.cause().words();
        return m.intent() == Intent.READY
                ? cause
                : cause + "; out of service by order (" + m.intent().name().toLowerCase(Locale.ROOT) + ")";
    }

    /** How bodies of our own quote. */
    static final class Json {
        private Json() {}

        static String quoted(String s) {
            StringBuilder b = new StringBuilder(s.length() + 2).append('"');
            for (int i = 0; i < s.length(); i++) {
                char c = s.charAt(i);
                if (c == '"' || c == '\\') {
                    b.append('\\').append(c);
                } else if (c < 0x20) {
                    b.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    b.append(c);
                }
            }
            return b.append('"').toString();
        }
    }
}

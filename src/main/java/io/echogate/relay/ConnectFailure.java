package io.echogate.relay;

import io.echogate.model.Failure;
import io.netty.channel.ChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a failed connect means: the kernel's words are all that the transports have in common. */
final class ConnectFailure {
    private ConnectFailure() {}

    static Failure.Kind of(@Nullable Throwable cause) {
        if (cause == null || cause instanceof ChannelException) {
            return Failure.Kind.NO_SOCKET;
        }
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("network is unreachable") || words.contains("network is down")) {
            return Failure.Kind.NO_ROUTE;
        }
        if (words.contains("unreachable") || words.contains("no route to host") || words.contains("host is down")) {
            return Failure.Kind.UNREACHABLE;
        }
        if (words.contains("timed out")) {
            return Failure.Kind.CONNECT_TIMEOUT;
        }
        boolean ours = words.contains("too many open files")
                || words.contains("cannot assign requested address")
                || words.contains("no buffer space");
        return ours ? Failure.Kind.NO_SOCKET : Failure.Kind.REFUSED;
    }
}

package io.echogate.relay;

import io.echogate.model.Failure;
import io.echogate.net.Errno;

/** What a failed connect means. */
final class ConnectFailure {
    private ConnectFailure() {}

    /** @param errno as {@link Errno} names it; what it does not tell was the member's refusal */
    static Failure.Kind of(int errno) {
        return switch (Errno.outcome(errno)) {
            case NO_ROUTE -> Failure.Kind.NO_ROUTE;
            case UNREACHABLE -> Failure.Kind.UNREACHABLE;
            case CONNECT_SILENT -> Failure.Kind.CONNECT_TIMEOUT;
            default -> Errno.scarce(errno) ? Failure.Kind.NO_SOCKET : Failure.Kind.REFUSED;
        };
    }
}

package io.echogate.app;

/** An operation that failed for a reason that the user can act on: one line, with the remedy. Leads to exit code 1. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}

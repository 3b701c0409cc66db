package io.echogate.exchange;

import io.echogate.http.RequestHead;
import io.echogate.http.Verb;
import org.jspecify.annotations.Nullable;

/** What gets an answer of our own before any member is asked: methods, lengths, hops. */
final class Admission {
    private Admission() {}

    /** Null when the request is carried, to the page when {@code page}. */
    static @Nullable Refusal refusal(RequestHead head, long bodyLimit, boolean page) {
        Verb verb = head.verb();
        if (verb == Verb.CONNECT || verb == Verb.TRACE) {
            return Refusal.METHOD;
        }
        if (bodyLimit > 0 && head.length() > bodyLimit) {
            return Refusal.BODY_TOO_LARGE;
        }
        if (verb == Verb.OPTIONS && head.maxForwards() == 0) {
            return Refusal.LAST_HOP;
        }
        return page && verb != Verb.GET && verb != Verb.HEAD ? Refusal.PAGE_IS_READ_ONLY : null;
    }
}

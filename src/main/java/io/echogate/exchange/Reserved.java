package io.echogate.exchange;

import io.echogate.http.RequestHead;
import io.echogate.http.RequestTarget;

/**
 * The prefix of the page: the path {@code /-} and every path that begins with {@code /-/}, as it came, undecoded.
 * {@code /%2D/}, {@code //-/} and {@code /x/../-/} are members' paths: whoever decodes or resolves them there is not us.
 */
final class Reserved {
    private Reserved() {}

    static boolean covers(RequestHead head) {
        RequestTarget t = head.target();
        int at = t.pathStart();
        int length = t.pathEnd() - at;
        byte[] b = head.bytes();
        if (length < 2 || b[at] != '/' || b[at + 1] != '-') {
            return false;
        }
        return length == 2 || b[at + 2] == '/' || b[at + 2] == '?';
    }
}

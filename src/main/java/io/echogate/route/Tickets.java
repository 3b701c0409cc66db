package io.echogate.route;

import io.echogate.http.Fields;
import io.echogate.model.Fleet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** All members' tickets, signed once. Immutable: on a request's path nothing is signed, only looked up and compared. */
final class Tickets {
    private final byte[] cookie;
    private final Ticket[] byMember;
    private final long[] names;
    private final int[] members;

    Tickets(String cookie, byte[] secret, Fleet fleet) {
        this.cookie = cookie.getBytes(StandardCharsets.ISO_8859_1);
        this.byMember = fleet.members().stream()
                .map(m -> Ticket.of(cookie, secret, m.name()))
                .toArray(Ticket[]::new);
        this.members = IntStream.range(0, byMember.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> byMember[i].name()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.names = Arrays.stream(members).mapToLong(i -> byMember[i].name()).toArray();
    }

    /** The member whose ticket the request carries, or -1: none, one of another fleet, or one that we have not signed. */
    int member(Fields f) {
        long span = CookieField.find(f, cookie);
        int from = CookieField.start(span);
        int to = CookieField.end(span);
        if (span == CookieField.NONE || to - from < Ticket.NAME) {
            return -1;
        }
        int at = Arrays.binarySearch(names, Ticket.name(f.bytes(), from));
        return at >= 0 && byMember[members[at]].is(f.bytes(), from, to) ? members[at] : -1;
    }

    byte[] line(int member) {
        return member < byMember.length ? byMember[member].line() : Ticket.NO_LINE;
    }
}

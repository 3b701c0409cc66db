package io.echogate.route;

import io.echogate.http.RequestHead;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import org.jspecify.annotations.Nullable;

/**
 * The same member for the same client, by a signed cookie. Clients without a ticket, and those whose member does not
 * share the load any more or was tried already, take turns by weight; whoever then answers gives them its own ticket, and
 * there they stay. Whose member is full waits for it: its session is nowhere else.
 */
final class Sticky implements Policy {
    private final Tickets tickets;
    private final InTurn turns;

    Sticky(Tickets tickets, InTurn turns) {
        this.tickets = tickets;
        this.turns = turns;
    }

    @Override
    public @Nullable Member choose(Fleet fleet, Tried tried, Inquiry about, long now) {
        int known = tickets.member(about.head().fields());
        if (known >= 0 && known < fleet.members().size() && !tried.has(known)) {
            Member m = fleet.at(known);
            if (m.serving()) {
                return tried.bars(known) ? null : m;
            }
        }
        return turns.choose(fleet, tried, about, now);
    }

    @Override
    public byte[] mark(RequestHead request, Member member) {
        return tickets.member(request.fields()) == member.index() ? Ticket.NO_LINE : tickets.line(member.index());
    }
}

package io.echogate.fleet;

import io.echogate.model.Incident;
import java.util.Set;

/**
 * An incident with what is needed to go on telling it. Immutable.
 *
 * @param out members that are not UP again
 * @param gone members whose requests have been taken from them in it
 * @param nowhere those requests found nobody else to go to so far
 */
record Case(Incident incident, Set<String> out, Set<String> gone, boolean nowhere) {
    Case {
        out = Set.copyOf(out);
        gone = Set.copyOf(gone);
    }

    boolean open() {
        return incident.open();
    }

    boolean machine(String host) {
        return incident.kind() == Incident.Kind.MACHINE && incident.subject().equals(host);
    }
}

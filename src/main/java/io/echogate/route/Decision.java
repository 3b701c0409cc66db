package io.echogate.route;

/** What follows on a failed attempt. */
public enum Decision {
    /** Once more on the same member, by a fresh connection: neither an attempt nor evidence. */
    SAME_FRESH,
    /** On a member not yet tried. */
    ELSEWHERE,
    /** The client is told. */
    GIVE_UP
}

package io.echogate.probe;

/** How urgently somebody is asked. */
enum Mood {
    /** At the configured interval. */
    QUIET,
    /** Every {@code doubtFreq}: an answer decides something. */
    DOUBT,
    /** Rarely and ever more rarely: convicted, and nothing new is expected. */
    DOWN
}

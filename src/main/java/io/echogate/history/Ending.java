package io.echogate.history;

/** Why a recording goes no further. */
public enum Ending {
    /** The monitor was asked to end. */
    CLOSED("the monitor ended"),
    /** The limit was reached. */
    FULL("the file has reached its limit"),
    /** More happened than the file could take. */
    TOO_SLOW("the file could not be written as fast as things happened"),
    /** Writing failed. */
    UNWRITABLE("the file could not be written"),
    /** There is no last line: the monitor was killed, its disk was full, or it still runs. */
    OPEN("it has no last line: its monitor was killed, could not write, or still runs"),
    /** The same, in the middle of a line. */
    TORN("its last line is cut short: its monitor was killed, could not write, or still runs");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    /** In words for people, lower case, no full stop. */
    public String words() {
        return words;
    }
}

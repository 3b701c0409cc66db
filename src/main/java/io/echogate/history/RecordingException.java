package io.echogate.history;

import java.io.IOException;

/** A recording that cannot be read. The message is one line for people and names the line of the file. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;

    RecordingException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}

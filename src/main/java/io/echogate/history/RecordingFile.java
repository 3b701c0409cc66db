package io.echogate.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The file that a recording is written to. */
final class RecordingFile {
    /** A longer line is not written and not read. */
    static final int LONGEST_LINE_BYTES = 16 << 20;

    private RecordingFile() {}

    /** Makes it; a recording that is there already is set aside, and nothing else is touched. */
    static OutputStream create(Path file) throws IOException {
        try {
            setAside(file);
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot record to " + file + ": its directory does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot record to " + file + ": permission denied", e);
        } catch (FileSystemException e) {
            String why = e.getReason() == null ? e.getMessage() : e.getReason();
            throw new IOException("cannot record to " + file + ": " + why, e);
        }
    }

    private static void setAside(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (!isRecording(file)) {
            throw new IOException(
                    "cannot record to " + file + ": it exists and is no recording; name another file or remove it");
        }
        Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isRecording(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] mark = RecordingHead.MARK.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(mark.length);
            return begin.length == 0 || Arrays.equals(begin, mark);
        }
    }
}

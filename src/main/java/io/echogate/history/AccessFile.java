package io.echogate.history;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file of an access log: appended to, set aside as {@code FILE.1} when full, where older ones move up to {@code
 * FILE.keep} and out. A write that fails leaves no half line behind where the file can be cut. One thread.
 */
final class AccessFile implements AutoCloseable {
    private final Path path;
    private final long maxSize;
    private final int keep;
    private FileChannel channel;

    AccessFile(Path path, long maxSize, int keep) throws IOException {
        this.path = path;
        this.maxSize = maxSize;
        this.keep = keep;
        this.channel = open(path);
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, CREATE, WRITE, APPEND);
    }

    /** Appends whole lines, in another file when they do not fit any more. */
    void append(ByteBuffer lines) throws IOException {
        long size = channel.isOpen() ? channel.size() : 0;
        if (size > 0 && size + lines.remaining() > maxSize) {
            rotate();
            size = 0;
        } else if (!channel.isOpen()) {
            channel = open(path);
            size = channel.size();
        }
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException e) {
            cut(size, e);
            throw e;
        }
    }

    private void cut(long size, IOException why) {
        try {
            if (channel.size() > size) {
                channel.truncate(size);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void rotate() throws IOException {
        channel.close();
        for (int i = keep - 1; i > 0; i--) {
            if (Files.exists(aside(i))) {
                Files.move(aside(i), aside(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (keep > 0) {
            Files.move(path, aside(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(path);
        }
        channel = open(path);
    }

    private Path aside(int age) {
        return path.resolveSibling(path.getFileName() + "." + age);
    }

    /** Somebody has moved the file: goes on in a new one of the same name. */
    void reopen() throws IOException {
        channel.close();
        channel = open(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

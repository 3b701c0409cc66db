package io.echogate.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for one run that only this user may look into (mode 0700), with its files removed at the end. A run that
 * was killed cannot remove its own: the next one does.
 */
final class PrivateDirectory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final String PREFIX = "echogate-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]+)-[0-9]+");

    private final Path path;

    private PrivateDirectory(Path path) {
        this.path = path;
    }

    static PrivateDirectory make() throws IOException {
        Path path = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        removeLeftBehind(path.resolveSibling(""));
        return new PrivateDirectory(path);
    }

    private static void removeLeftBehind(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : found) {
                if (leftBehind(each)) {
                    remove(each);
                }
            }
        } catch (IOException e) {
            log.debug("left_behind_not_removed", e);
        }
    }

    private static boolean leftBehind(Path directory) throws IOException {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS)
                        .getName()
                        .equals(System.getProperty("user.name"));
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(path)) {
            remove(path);
        }
    }
}

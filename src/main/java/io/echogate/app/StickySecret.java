package io.echogate.app;

import io.echogate.clock.Chance;
import io.echogate.config.Config;
import io.echogate.config.Fault;
import io.echogate.config.Parsed;
import io.echogate.config.PolicyName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cookies of {@code policy: sticky} are signed with: the bytes of a file, or made at start. */
final class StickySecret {
    private static final Logger log = LoggerFactory.getLogger(StickySecret.class);

    private static final int LEAST = 16;
    private static final int MOST = 4096;
    private static final int MADE = 32;

    private StickySecret() {}

    /** The file's bytes without line ends behind them; or made now, which a sticky monitor says in its log. */
    static byte[] of(Config config) throws IOException {
        @Nullable String file = config.policy().sticky().secretFile();
        if (file != null) {
            return read(Path.of(file));
        }
        byte[] made = new byte[MADE];
        Chance.secure().nextBytes(made);
        if (config.policy().name() == PolicyName.STICKY) {
            log.info("sticky_secret_made why=\"sticky.secretFile is not set: stickiness ends with a restart\"");
        }
        return made;
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] all = in.readNBytes(MOST + 1);
            int end = all.length;
            while (end > 0 && (all[end - 1] == '\n' || all[end - 1] == '\r')) {
                end--;
            }
            if (end < LEAST || all.length > MOST) {
                throw new IOException(
                        file + " holds " + (all.length > MOST ? "more than " + MOST : "" + end) + " bytes");
            }
            return Arrays.copyOf(all, end);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read (permission denied)", e);
        }
    }

    /** What is wrong with the file, or null. */
    static @Nullable Fault fault(Parsed.Good good) {
        @Nullable String file = good.config().policy().sticky().secretFile();
        try {
            if (file != null) {
                read(Path.of(file));
            }
            return null;
        } catch (IOException e) {
            return good.fault(
                    "sticky.secretFile",
                    "cannot be used: " + e.getMessage(),
                    "a readable file of " + LEAST + " to " + MOST + " bytes, such as from openssl rand -base64 32");
        }
    }
}

package io.echogate.app;

import io.echogate.clock.Chance;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;

/** The operator's token: who can read its file may give orders. */
final class Keys {
    static final String FILE = "token";
    private static final int BYTES = 32;
    private static final int LEAST = 16;
    private static final int MOST = 4096;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Keys() {}

    /**
     * The token in that directory, which is made at first, as is the token (mode 0600).
     *
     * @throws IOException names the file and what is wrong with it
     */
    static String token(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath(), PRIVATE_DIRECTORY);
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            make(file);
        }
        if (Files.size(file) > MOST) {
            throw new IOException(file + " is longer than " + MOST + " bytes");
        }
        String token = Files.readString(file).strip();
        if (token.length() < LEAST || !token.matches("[!-~]+")) {
            throw new IOException(file + " holds no token: at least " + LEAST + " visible ASCII characters; remove it"
                    + " and one is made at the next start");
        }
        return token;
    }

    /** Nobody sees it half written: it gets its name when it is whole. */
    private static void make(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        Chance.secure().nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", PRIVATE);
        try {
            Files.writeString(fresh, token + "\n", StandardOpenOption.WRITE);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            return; // another monitor was first: its token holds
        } finally {
            Files.delete(fresh);
        }
    }

    /** True when others than its owner may read it. */
    static boolean exposed(Path file) throws IOException {
        Set<?> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream()
                .anyMatch(p -> p.toString().startsWith("GROUP_") || p.toString().startsWith("OTHERS_"));
    }
}

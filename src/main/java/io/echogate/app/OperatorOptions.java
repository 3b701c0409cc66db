package io.echogate.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who wants something of which monitor, why, and by which token: what all commands that give orders have in common. */
@SuppressWarnings("NullAway.Init") // picocli injects what has no default
final class OperatorOptions {
    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "For whoever looks at the page.")
    private String why;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it; default: who you are.")
    private @Nullable String by;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = MonitorClient.USUAL,
            description = "The monitor's admin address; default ${DEFAULT-VALUE}.")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where the token stands; default $ECHOGATE_TOKEN_FILE, else `token` in the state directory.")
    private @Nullable Path tokenFile;

    MonitorClient monitor() {
        return new MonitorClient(url);
    }

    String by() {
        return by == null ? user(System.getenv()) : by;
    }

    String why() {
        return why;
    }

    /** The same order with who and why. */
    JsonObject signed(JsonObject order) {
        return order.put("by", by()).put("why", why);
    }

    static String user(Map<String, String> environment) {
        String sudo = environment.getOrDefault("SUDO_USER", "");
        return sudo.isEmpty() ? System.getProperty("user.name", "") : sudo;
    }

    /** @param warnings is told when others may read it, too */
    String token(PrintWriter warnings) {
        Path file = tokenFile(System.getenv());
        try {
            if (Keys.exposed(file)) {
                warnings.println("echogate: others may read " + file + ": chmod 600 " + file);
                warnings.flush();
            }
            String token = Files.readString(file).strip();
            if (token.isEmpty() || !token.matches("[!-~]+")) {
                throw new Failure(file + " holds no token: name the right file with --token-file");
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new Failure(
                    "no token at " + file + ": the monitor's log names the file (operators_token); name it with"
                            + " --token-file",
                    e);
        } catch (IOException e) {
            throw new Failure("the token cannot be read: " + e + ": only who may read it may give orders", e);
        }
    }

    private Path tokenFile(Map<String, String> environment) {
        String given = environment.getOrDefault("ECHOGATE_TOKEN_FILE", "");
        if (tokenFile != null) {
            return tokenFile;
        }
        return given.isEmpty()
                ? StateDirectory.standard(environment, Path.of(System.getProperty("user.home")))
                        .resolve(Keys.FILE)
                : Path.of(given);
    }
}

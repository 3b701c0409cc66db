package io.echogate.app;

import io.echogate.config.Config;
import java.nio.file.Path;
import java.util.Map;

/** Where a monitor keeps what is to outlive it, unless the configuration says otherwise. */
final class StateDirectory {
    private StateDirectory() {}

    /**
     * {@code $STATE_DIRECTORY} (as systemd sets it, the first of several), else {@code $XDG_STATE_HOME/echogate}, else
     * {@code ~/.local/state/echogate} (XDG Base Directory Specification).
     */
    static Path standard(Map<String, String> environment, Path home) {
        String given = environment.getOrDefault("STATE_DIRECTORY", "");
        if (!given.isEmpty()) {
            return Path.of(given.split(":", 2)[0]);
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path state = xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".local/state");
        return state.resolve("echogate");
    }

    /** Monitors of one host may share the directory: each has an admin address of its own. */
    static String own(Config config) {
        return config.admin().host().replaceAll("[^0-9A-Za-z.-]", "_") + "-"
                + config.admin().port();
    }
}

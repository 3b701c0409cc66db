package io.echogate.app;

import io.echogate.fleet.FleetWriter;
import io.echogate.page.Control;
import io.echogate.page.PageServer;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page, and what keeps it told of the fleet. */
record Shown(PageServer page, FleetWriter.Subscription told) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shown.class);

    static Shown start(Monitor.Ground g) throws IOException {
        PageServer page = PageServer.start(
                g.config(),
                g.clock(),
                g.meters(),
                g.fleet(),
                control(g),
                g.carried(),
                g.insights(),
                g.history(),
                g.pageSocket());
        FleetWriter.Subscription told = g.fleet().subscribe(page::onFleet);
        page.onFleet(g.fleet().get());
        return new Shown(page, told);
    }

    private static Control control(Monitor.Ground g) {
        Path file = Monitor.stateDirectory(g.config()).resolve(Keys.FILE);
        try {
            String token = Keys.token(Monitor.stateDirectory(g.config()));
            log.info("operators_token file={}", file);
            if (Keys.exposed(file)) {
                log.warn("operators_token_exposed file={} remedy=\"chmod 600 {}\"", file, file);
            }
            return new Control(g.operator(), token, file.toString(), "");
        } catch (IOException | UnsupportedOperationException e) {
            return new Control(g.operator(), null, file.toString(), e.toString());
        }
    }

    @Override
    public void close() {
        told.close();
        page.close();
    }
}

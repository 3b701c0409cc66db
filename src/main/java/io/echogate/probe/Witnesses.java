package io.echogate.probe;

import io.echogate.config.Config;
import io.echogate.net.DefaultGateway;
import io.echogate.net.Resolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom to ask whether it is us: addresses that answer while we ourselves are well. Reads the routing table. */
final class Witnesses {
    private static final Logger log = LoggerFactory.getLogger(Witnesses.class);

    private Witnesses() {}

    /** The configured witnesses that are addresses, else the default gateway if there is one. */
    static List<InetAddress> of(Config config) {
        if (config.witness().isEmpty()) {
            return DefaultGateway.find().stream().toList();
        }
        List<InetAddress> found = new ArrayList<>();
        for (String w : config.witness()) {
            InetAddress a = Resolver.literal(w);
            if (a == null) {
                log.warn("witness_ignored witness={} reason=\"not an address\"", w);
            } else {
                found.add(a);
            }
        }
        return found;
    }
}

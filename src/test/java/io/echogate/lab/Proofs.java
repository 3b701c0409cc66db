package io.echogate.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a monitor on this host knows of requests that went wrong: asked for when a client has lost one. */
final class Proofs {
    private static final InetSocketAddress ADMIN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3001);
    private static final String TARGET = "/-/api/v1/requests?limit=1000";
    private static final int LONG_MILLIS = 2000;

    private Proofs() {}

    /** The proofs of all that took long or were not answered, or why there are none. */
    static String ofTrouble() {
        try (Wire wire = Wire.connect(ADMIN)) {
            String body = wire.get(TARGET, false).body();
            return JsonMapper.shared()
                    .readTree(body)
                    .path("requests")
                    .valueStream()
                    .filter(Proofs::troubled)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
        } catch (IOException | RuntimeException e) {
            return "does not say: " + e;
        }
    }

    private static boolean troubled(JsonNode proof) {
        String outcome = proof.path("outcome").asString();
        boolean answered = outcome.equals("answered") || outcome.equals("elsewhere");
        return !answered || proof.path("tookMillis").asDouble() > LONG_MILLIS;
    }
}

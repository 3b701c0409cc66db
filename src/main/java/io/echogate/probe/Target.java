package io.echogate.probe;

import io.echogate.config.Asked;
import io.echogate.model.Ask;
import io.echogate.net.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one member is to be found, and the bytes it is asked with. Confined to the probe loop. An address written as
 * such is never looked up. A name's last good address is kept while looking it up again takes long or fails.
 */
final class Target {
    /** Names are looked up again after this, or after {@link #SOON_NANOS} when the member did not answer. */
    static final long FRESH_NANOS = 10_000_000_000L;

    static final long SOON_NANOS = 1_000_000_000L;

    private final String name;
    private final String host;
    private final int port;
    private final byte[] request;
    private final boolean literal;
    private final PingAnswers answers;
    private final Ask ask;
    private final List<Consumer<String>> waiting = new ArrayList<>();
    private @Nullable InetAddress address;
    private boolean looking;
    private boolean doubted;
    private long lookedNanos;

    /** @param answers for reading its answers */
    Target(Asked asked, PingAnswers answers) {
        this.name = asked.name();
        this.ask = asked.ask();
        this.answers = answers;
        this.host = asked.address().host();
        this.port = asked.address().port();
        this.request = request(asked);
        this.address = Resolver.literal(host);
        this.literal = address != null;
    }

    private static byte[] request(Asked asked) {
        if (asked.ask() == Ask.TCP || asked.ask() == Ask.ICMP) {
            return new byte[0];
        }
        String host = asked.address().toString();
        String shown = asked.address().port() == 80 ? host.substring(0, host.length() - 3) : host;
        return ("GET " + asked.path() + " HTTP/1.1\r\nHost: " + shown
                        + "\r\nUser-Agent: echogate\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    String name() {
        return name;
    }

    String host() {
        return host;
    }

    /** There is no service to ask. */
    boolean machineOnly() {
        return ask == Ask.ICMP;
    }

    PingAnswers answers() {
        return answers;
    }

    /** What is sent; nothing where connecting is all. */
    byte[] request() {
        return request;
    }

    @Nullable
    InetAddress address() {
        return address;
    }

    /** Where to connect, or null while the name has never resolved. */
    @Nullable
    InetSocketAddress socketAddress() {
        return address == null ? null : new InetSocketAddress(address, port);
    }

    /** Remembers whether the newest question went well: a name that leads nowhere is looked up again sooner. */
    void doubted(boolean now) {
        doubted = now;
    }

    /** True when a look-up has to be started now; it is under way then. */
    boolean wantsLookUp(long now) {
        long age = doubted ? SOON_NANOS : FRESH_NANOS;
        if (literal || looking || (address != null && now - lookedNanos < age)) {
            return false;
        }
        looking = true;
        return true;
    }

    /** That goes on when the name has been looked up; it is told why that failed, or nothing. */
    void await(Consumer<String> question) {
        waiting.add(question);
    }

    /** The look-up has ended; gives what waited for it. {@code found} is null when it failed. */
    List<Consumer<String>> lookedUp(@Nullable InetAddress found, long now) {
        looking = false;
        lookedNanos = now;
        address = found == null ? address : found;
        List<Consumer<String>> go = List.copyOf(waiting);
        waiting.clear();
        return go;
    }
}

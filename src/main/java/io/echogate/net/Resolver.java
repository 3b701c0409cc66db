package io.echogate.net;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into addresses, on threads of its own because the system's resolver blocks. Thread-safe. Keeps nothing:
 * how old an answer may be, and whether to go on with an old one, is for the caller to say.
 */
public final class Resolver implements AutoCloseable {
    /** What became of one look-up. */
    public sealed interface Answer {
        /** The address to use: IPv4 before IPv6, else in the resolver's order. */
        record Found(InetAddress address) implements Answer {}

        /** No address; the reason in words. */
        record Failed(String why) implements Answer {}
    }

    /** One name that hangs must not hold up the others; names are few. */
    private static final int THREADS = 8;

    static {
        // The JDK would go on answering from its own memory for 30 s, and say "unknown" for 10 s.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("resolver-", 1).daemon(true).factory());

    public Resolver() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** The address that an IP literal (IPv6 with or without brackets) stands for, or null for a name. No look-up. */
    public static @Nullable InetAddress literal(String host) {
        return NetUtil.createInetAddressFromIpAddressString(host);
    }

    /** Looks up; {@code then} runs on a resolver thread and must only pass the answer on. */
    public void resolve(String host, Consumer<Answer> then) {
        try {
            threads.execute(() -> then.accept(lookUp(host)));
        } catch (RejectedExecutionException e) {
            then.accept(new Answer.Failed("the resolver is closed"));
        }
    }

    private static Answer lookUp(String host) {
        try {
            return new Answer.Found(preferred(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return new Answer.Failed("no address for the name " + host);
        }
    }

    private static InetAddress preferred(InetAddress[] all) {
        for (InetAddress a : all) {
            if (a instanceof Inet4Address) {
                return a;
            }
        }
        return all[0];
    }

    /** Ends the threads; running look-ups are left to end by themselves. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

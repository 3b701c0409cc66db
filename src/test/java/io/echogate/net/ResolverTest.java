package io.echogate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private final Resolver resolver = new Resolver();

    @AfterEach
    void close() {
        resolver.close();
    }

    private Resolver.Answer resolve(String host) throws Exception {
        CompletableFuture<Resolver.Answer> answer = new CompletableFuture<>();
        resolver.resolve(host, answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void literalsNeedNoLookUp() {
        assertThat(Resolver.literal("127.0.0.11")).isEqualTo(InetAddress.ofLiteral("127.0.0.11"));
        assertThat(Resolver.literal("::1")).isEqualTo(InetAddress.ofLiteral("::1"));
        assertThat(Resolver.literal("machine1")).isNull();
        assertThat(Resolver.literal("127.0.0.999")).isNull();
    }

    @Test
    void findsANameAndPrefersIpv4() throws Exception {
        assertThat(resolve("localhost")).isEqualTo(new Resolver.Answer.Found(InetAddress.ofLiteral("127.0.0.1")));
    }

    @Test
    void saysThatANameHasNoAddress() throws Exception {
        String impossible = "x".repeat(70); // longer than a label may be (RFC 1035): no server is asked

        assertThat(resolve(impossible)).isEqualTo(new Resolver.Answer.Failed("no address for the name " + impossible));
    }

    @Test
    void isFailedOnceClosed() throws Exception {
        resolver.close();

        assertThat(resolve("localhost")).isInstanceOf(Resolver.Answer.Failed.class);
    }
}

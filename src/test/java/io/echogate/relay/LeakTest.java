package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.fuzz.Corpus;
import io.echogate.fuzz.Mutator;
import java.io.IOException;
import java.net.Socket;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After everything that can go wrong has gone wrong, nothing is left of it. */
@ExtendWith(NoLeaks.class)
final class LeakTest {
    private static final int MUTANTS = 200;

    /** Buffers: {@link NoLeaks}. Connections, descriptors and processor time: {@link RelayFuzz#settled}. */
    @Test
    void afterEveryHostileExchangeOthersAreServedAndNothingIsLeft() throws Exception {
        RandomGenerator random = Chance.seeded(1);
        try (RelayFuzz relay = new RelayFuzz()) {
            for (String wire : Corpus.read("requests.txt")) {
                relay.request(wire, random);
            }
            for (String wire : Corpus.read("answers.txt")) {
                relay.answer(wire, random);
            }
            relay.settled();
            Mutator clients = new Mutator(Corpus.read("requests.txt"), random);
            Mutator members = new Mutator(Corpus.read("answers.txt"), random);
            for (int i = 0; i < MUTANTS; i++) {
                relay.request(clients.next(), random);
                relay.answer(members.next(), random);
            }
            relay.settled();
        }
    }

    @Test
    void nothingLeaksWhenEverybodyBreaksOff() throws Exception {
        try (Backend dies = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                    return false;
                });
                Backend garbage = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
                    return false;
                });
                Backend big = Backend.start((r, out) -> {
                    Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000));
                    return true;
                })) {
            try (Rig rig = new Rig(garbage.address(), Rig.nobody(), big.address())) {
                misbehave(rig);
            }
            try (Rig rig = new Rig(dies.address())) {
                misbehave(rig);
            }
        }
    }

    private static void misbehave(Rig rig) throws IOException {
        for (int i = 0; i < 20; i++) {
            rig.ask(Rig.GET);
            leave(rig, "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5));
            leave(rig, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n" + "x".repeat(70_000));
            leave(rig, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
            leave(rig, "GET / HT");
            leave(rig, "\u0016\u0003\u0001");
        }
    }

    private static void leave(Rig rig, String wire) throws IOException {
        try (Socket s = rig.connect()) {
            Rig.send(s, wire);
            if (wire.endsWith("\r\n\r\n")) {
                assertThat(s.getInputStream().read()).isEqualTo('H');
            }
            s.setSoLinger(wire.length() % 2 == 0, 0);
        }
    }
}

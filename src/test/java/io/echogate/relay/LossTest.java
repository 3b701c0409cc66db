package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.State;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member dies or freezes under load: no GET is lost, no POST is doubled. */
@ExtendWith(NoLeaks.class)
final class LossTest {
    private static final int CLIENTS = 32;
    private static final int EACH = 60;

    private static int converse(Rig rig, CountDownLatch half) throws IOException {
        int good = 0;
        try (Socket s = rig.connect()) {
            for (int i = 0; i < EACH; i++) {
                Rig.send(s, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
                good += Rig.answer(s).startsWith("HTTP/1.1 200 ") ? 1 : 0;
                if (i == EACH / 3) {
                    half.countDown();
                }
            }
        }
        return good;
    }

    private static int total(Rig rig, CountDownLatch half, Runnable then) throws Exception {
        int good = 0;
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                all.add(many.submit(() -> converse(rig, half)));
            }
            assertThat(half.await(20, TimeUnit.SECONDS)).isTrue();
            then.run();
            for (Future<Integer> f : all) {
                good += f.get(30, TimeUnit.SECONDS);
            }
        }
        return good;
    }

    @Test
    void aKilledMemberLosesNothing() throws Exception {
        CountDownLatch half = new CountDownLatch(CLIENTS);
        try (Backend s1 = Backend.named("one");
                Backend s2 = Backend.named("two");
                Rig rig = new Rig(s1.address(), s2.address())) {
            int good = total(rig, half, () -> {
                try {
                    s1.kill();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(good).isEqualTo(CLIENTS * EACH);
            assertThat(s2.requests).isNotEmpty();
        }
    }

    @Test
    void aFrozenMemberLosesNothingOnceItIsInDoubt() throws Exception {
        CountDownLatch half = new CountDownLatch(CLIENTS);
        CountDownLatch thaw = new CountDownLatch(1);
        Backend freezing = Backend.start((r, out) -> {
            if (half.getCount() == 0) {
                try {
                    return thaw.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            return true;
        });
        try (freezing;
                Backend s2 = Backend.named("two");
                Rig rig = new Rig(freezing.address(), s2.address())) {
            int good = total(rig, half, () -> rig.state(1, State.SUSPECT));
            assertThat(good).isEqualTo(CLIENTS * EACH);
            thaw.countDown();
        }
    }
}

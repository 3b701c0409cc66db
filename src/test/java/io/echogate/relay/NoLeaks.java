package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class of tests after which a buffer was collected that nobody had given back: every buffer is watched. */
final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final int ROUNDS = 3;

    private final List<String> leaks = new CopyOnWriteArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(leaks);
        ByteBufUtil.setLeakListener((type, records) -> {});
    }

    /** The detector reports what was collected when the next buffers are made. */
    static void check(List<String> leaks) {
        int[] rounds = {0};
        await().until(() -> {
            System.gc();
            for (int i = 0; i < 200; i++) {
                ByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
            return ++rounds[0] == ROUNDS;
        });
        assertThat(leaks).isEmpty();
    }
}

package io.echogate.app;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which by custom asks a daemon to open its log files again. Java hears signals by {@code sun.misc.Signal} alone
 * (JEP 260 keeps it until there is another way); it is reached by reflection, because the compiler's warning about it
 * cannot be silenced by annotation.
 */
final class HangUp {
    private static final Logger log = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** Does this at every SIGHUP from now on, in place of ending. The newest one asked for counts. */
    static void hear(Runnable then) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hearer = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            then.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), hearer);
        } catch (ReflectiveOperationException e) {
            log.warn("hang_up_unheard: SIGHUP ends this process; rotate by accessLog.maxSize instead", e);
        }
    }
}

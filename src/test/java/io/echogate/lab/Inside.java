package io.echogate.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Moves single threads of this JVM onto a host: sockets that such a thread opens from then on are that host's (setns(2)).
 * For good: such a thread is not to be used for anything else afterwards.
 */
final class Inside {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = call("open", Linker.Option.firstVariadicArg(2), ADDRESS, JAVA_INT);
    private static final MethodHandle SETNS = call("setns", null, JAVA_INT, JAVA_INT);

    private Inside() {}

    @SuppressWarnings("restricted") // surefire switches native access on
    private static MethodHandle call(String name, Linker.@Nullable Option option, MemoryLayout... arguments) {
        Linker.Option[] options = option == null ? new Linker.Option[0] : new Linker.Option[] {option};
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments), options);
    }

    /** The calling thread is on that host from now on. */
    static void enter(Host host) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) OPEN.invoke(arena.allocateFrom("/run/netns/" + host.namespace()), 0);
            if (fd < 0 || (int) SETNS.invoke(fd, CLONE_NEWNET) != 0) {
                throw new IllegalStateException("cannot enter " + host);
            }
        } catch (Throwable t) {
            throw new IllegalStateException("cannot enter " + host, t);
        }
    }
}

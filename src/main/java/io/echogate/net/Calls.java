package io.echogate.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How functions of Linux' C library are called whose arguments are whole numbers and addresses. All of them are passed as
 * numbers of 64 bits, which every calling convention of 64 bits takes for a shorter one, too, and six of them, which all have
 * registers for: a function does not look at those that it does not take. So there is one shape, and not one for each
 * signature, each of which takes some 15 ms to make when a monitor starts. One thread's, as the place of the error number is.
 */
final class Calls {
    /** Arguments that both x86-64 and AArch64 pass in registers. */
    private static final int MOST = 6;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private final MemorySegment state;

    Calls(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** The function of that name, of up to {@value #MOST} arguments. */
    static MethodHandle function(String name) {
        return handle(name, Linker.Option.captureCallState("errno"));
    }

    /** One that takes any arguments after the first {@code fixed} ones. */
    static MethodHandle variadic(String name, int fixed) {
        return handle(name, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    @SuppressWarnings("restricted") // native access is switched on for us by the launcher
    private static MethodHandle handle(String name, Linker.Option... options) {
        MemoryLayout[] wide = new MemoryLayout[MOST];
        Arrays.fill(wide, JAVA_LONG);
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_LONG, wide), options);
    }

    int call(MethodHandle function, long a) {
        return call(function, a, 0, 0, 0, 0, 0);
    }

    int call(MethodHandle function, long a, long b) {
        return call(function, a, b, 0, 0, 0, 0);
    }

    int call(MethodHandle function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0, 0);
    }

    int call(MethodHandle function, long a, long b, long c, long d) {
        return call(function, a, b, c, d, 0, 0);
    }

    int call(MethodHandle function, long a, long b, long c, long d, long e) {
        return call(function, a, b, c, d, e, 0);
    }

    int call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        try {
            return orErrno((long) function.invokeExact(state, a, b, c, d, e, f));
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    /** The result, of which no more than 32 bits are needed or meant, or the error number negated. */
    private int orErrno(long result) {
        int r = (int) result;
        return r < 0 ? -(int) ERRNO.get(state, 0L) : r;
    }

    private static IllegalStateException broken(Throwable t) {
        return new IllegalStateException("a function of the C library cannot be called", t);
    }
}

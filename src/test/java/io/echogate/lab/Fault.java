package io.echogate.lab;

import io.echogate.model.Cause;
import java.time.Duration;
import java.util.Locale;

/** What can happen to a machine, what the monitor must say about it and within which time, and how it ends. */
enum Fault {
    SERVICE_KILLED(Cause.PORT_CLOSED, Promise.REFUSED, Duration.ofSeconds(2)),

    /** What {@code docker pause} looks like: the kernel accepts connections, nobody answers. */
    SERVICE_FROZEN(Cause.FROZEN, Promise.SILENT, Duration.ofSeconds(3)),

    /** Held for longer than the neighbour's hardware address is believed: then silence becomes "host unreachable". */
    MACHINE_OFF(Cause.HOST_SILENT, Promise.SILENT, Duration.ofSeconds(11));

    final Cause cause;
    final Duration promise;
    final Duration hold;

    Fault(Cause cause, Duration promise, Duration hold) {
        this.cause = cause;
        this.promise = promise;
        this.hold = hold;
    }

    void strike(Machine machine) {
        switch (this) {
            case SERVICE_KILLED -> machine.kill();
            case SERVICE_FROZEN -> machine.freeze();
            case MACHINE_OFF -> machine.cutPower();
        }
    }

    /** Returns once the service listens again. */
    void repair(Machine machine) {
        switch (this) {
            case SERVICE_KILLED -> machine.start();
            case SERVICE_FROZEN -> machine.thaw();
            case MACHINE_OFF -> machine.boot();
        }
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

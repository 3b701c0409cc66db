package io.echogate.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what an ICMP socket tells. */
final class HeardEcho implements IcmpEar {
    final Map<Integer, Long> left = new LinkedHashMap<>();
    final Map<Integer, Integer> refused = new LinkedHashMap<>();
    final Map<Long, Long> answered = new LinkedHashMap<>();
    final List<IcmpError> errors = new ArrayList<>();
    long overflowed;

    @Override
    public void left(int tag, long atNanos) {
        left.put(tag, atNanos);
    }

    @Override
    public void refused(int tag, int errno, long atNanos) {
        refused.put(tag, errno);
    }

    @Override
    public void answered(long nonce, long atNanos) {
        answered.put(nonce, atNanos);
    }

    @Override
    public void failed(IcmpError error, long atNanos) {
        errors.add(error);
    }

    @Override
    public void overflowed(long answers) {
        overflowed += answers;
    }
}

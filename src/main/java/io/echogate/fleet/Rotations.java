package io.echogate.fleet;

import io.echogate.model.Member;
import java.util.List;
import java.util.Objects;

/** Keeps one list instance for as long as nothing that routing reads has changed, so that readers compare by identity. */
final class Rotations {
    private Rotations() {}

    static List<Member> keepIfSame(List<Member> before, List<Member> after) {
        if (before.size() != after.size()) {
            return after;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!same(before.get(i), after.get(i))) {
                return after;
            }
        }
        return before;
    }

    private static boolean same(Member a, Member b) {
        return a.index() == b.index()
                && a.verdict().equals(b.verdict())
                && a.intent() == b.intent()
                && a.serving() == b.serving()
                && a.standing().equals(b.standing())
                && Objects.equals(a.address(), b.address());
    }
}

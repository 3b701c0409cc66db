package io.echogate.fleet;

import io.echogate.model.Member;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * Members in order of preference, on pages of {@link #PAGE}. Immutable; another with a few members replaced shares all other
 * pages with it, so that a snapshot costs as much as has changed and not as much as there is.
 */
final class Pages extends AbstractList<Member> implements RandomAccess {
    private static final int BITS = 6;
    private static final int PAGE = 1 << BITS;

    private final Member[][] pages;
    private final int size;

    private Pages(Member[][] pages, int size) {
        this.pages = pages;
        this.size = size;
    }

    static Pages of(List<Member> members) {
        Member[][] pages = new Member[(members.size() + PAGE - 1) / PAGE][];
        for (int page = 0; page < pages.length; page++) {
            int from = page * PAGE;
            pages[page] =
                    members.subList(from, Math.min(members.size(), from + PAGE)).toArray(Member[]::new);
        }
        return new Pages(pages, members.size());
    }

    /** With those at the given places replaced; itself when there are none. */
    Pages with(BitSet places, IntFunction<Member> by) {
        if (places.isEmpty()) {
            return this;
        }
        Member[][] next = pages.clone();
        int copied = -1;
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            int page = i >> BITS;
            if (page != copied) {
                next[page] = pages[page].clone();
                copied = page;
            }
            next[page][i & (PAGE - 1)] = by.apply(i);
        }
        return new Pages(next, size);
    }

    @Override
    public Member get(int index) {
        return pages[index >> BITS][index & (PAGE - 1)];
    }

    @Override
    public int size() {
        return size;
    }
}

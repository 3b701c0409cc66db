package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.clock.ManualClock;
import io.echogate.config.MemberConfig;
import io.echogate.model.Member;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {
    private static Member member(int index) {
        return new MemberFile(index, MemberConfig.of("S" + index, "127.0.0.1", 3000), new ManualClock()).view();
    }

    /** Every list keeps what it showed, whatever is replaced in those made from it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 200})
    void each_is_what_it_was_made_of(int size) {
        RandomGenerator random = Chance.seeded(size);
        List<Member> expected =
                IntStream.range(0, size).mapToObj(PagesTest::member).toList();
        List<Pages> lists = new ArrayList<>(List.of(Pages.of(expected)));
        List<List<Member>> copies = new ArrayList<>(List.of(expected));
        for (int round = 0; round < 30; round++) {
            List<Member> next = new ArrayList<>(copies.getLast());
            BitSet places = new BitSet();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                int place = random.nextInt(size);
                places.set(place);
                next.set(place, member(place));
            }
            lists.add(lists.getLast().with(places, next::get));
            copies.add(next);
        }
        for (int i = 0; i < lists.size(); i++) {
            List<Member> copy = copies.get(i);
            assertThat(lists.get(i)).hasSize(size);
            for (int at = 0; at < size; at++) {
                assertThat(lists.get(i).get(at)).isSameAs(copy.get(at));
            }
        }
    }
}

package io.echogate.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.model.Fleet;
import io.echogate.model.Incident;
import io.echogate.model.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens: who is DOWN is in one incident that lasts, and none lasts without somebody who is out. */
final class CasebookPropertyTest {
    private static final List<String> CAUSES = List.of("FROZEN", "PORT_CLOSED", "HOST_SILENT", "HOST_SILENT");
    private static final List<String> MEMBERS = List.of("S1", "S2", "S3");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holds(long seed) {
        RandomGenerator random = Chance.seeded(seed);
        Happenings h = new Happenings();
        Set<String> ever = new HashSet<>();
        List<String> words = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            String word = word(random, h);
            words.add(word);
            List<Incident> before = h.book.incidents();
            String were = n % 100 == 0 ? before.toString() : "";
            h.live(word);
            assertThat(n % 100 == 0 ? before.toString() : "").as("immutable").isEqualTo(were);
            holds(h, ever, words.subList(Math.max(0, n - 40), n + 1));
        }
        assertThat(ever).as("it came to much").hasSizeGreaterThan(100);
        assertThat(h.mergedAway).doesNotHaveDuplicates().isNotEmpty();
    }

    private static void holds(Happenings h, Set<String> ever, List<String> words) {
        List<Incident> incidents = h.book.incidents();
        List<Incident> open = incidents.stream().filter(Incident::open).toList();
        for (String member : MEMBERS) {
            long in = open.stream().filter(i -> i.members().contains(member)).count();
            boolean down = h.states.get(member) == State.DOWN;
            assertThat(in).as("%s after %s in %s", member, words, open).isBetween(down ? 1L : 0L, 1L);
        }
        for (Incident i : open) {
            boolean out = i.members().stream().anyMatch(m -> h.states.get(m) != State.UP);
            assertThat(out || i.kind() == Incident.Kind.ISOLATION).as("%s", i).isTrue();
        }
        assertThat(incidents).extracting(Incident::id).doesNotHaveDuplicates().noneMatch(h.mergedAway::contains);
        assertThat(incidents).isSortedAccordingTo((a, b) -> a.named().compareTo(b.named()));
        assertThat(incidents).hasSizeLessThanOrEqualTo(Fleet.INCIDENTS);
        for (Incident i : incidents) {
            ever.add(i.id());
            assertThat(i.timeline()).isNotEmpty().hasSizeLessThanOrEqualTo(Timeline.MOST);
            assertThat(i.timeline()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
            assertThat(i.ended() == null || !i.ended().isBefore(i.named())).isTrue();
        }
    }

    /** Only what the writer says: a cause changes while a member is DOWN, and who is UP does not come to be UP. */
    private static String word(RandomGenerator random, Happenings h) {
        String member = MEMBERS.get(random.nextInt(3));
        String cause = CAUSES.get(random.nextInt(CAUSES.size()));
        State is = h.states.getOrDefault(member, State.UP);
        return switch (random.nextInt(24)) {
            case 0 -> "_" + random.nextInt(400);
            case 1 ->
                h.book.incidents().stream()
                                .anyMatch(i -> i.open() && i.members().isEmpty())
                        ? "over"
                        : "iso";
            case 2 -> "drill:" + member;
            case 3 -> "played:" + member;
            case 4 -> "drain:" + member;
            case 5 -> "ready:" + member;
            case 6 -> member + ">" + (random.nextBoolean() ? "S3" : "");
            case 7 -> ">" + member;
            case 8 -> member + "-";
            default ->
                switch (is) {
                    case UP, UNKNOWN -> member + (random.nextInt(3) == 0 ? "!" + cause : "?");
                    case SUSPECT -> member + (random.nextInt(3) == 0 ? "+" : "!" + cause);
                    case DOWN -> member + (random.nextBoolean() ? "~" : "=" + cause);
                    case RECOVERING -> member + (random.nextInt(3) == 0 ? "!" + cause : "+");
                };
        };
    }
}

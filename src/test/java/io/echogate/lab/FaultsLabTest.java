package io.echogate.lab;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault there is: named rightly and in time, laid at nobody else's door, and hidden from the clients. */
@Tag("lab")
final class FaultsLabTest {
    private static final int PER_SECOND = 50;
    private static final Stage STAGE = new Stage();
    private static final Scoreboard SCOREBOARD = new Scoreboard();

    @AfterAll
    static void printTable() throws IOException {
        STAGE.close();
        SCOREBOARD.print();
    }

    /** In the order of the faults; {@code -Dechogate.lab.only=REGEX} picks some of them. */
    static Stream<Arguments> stories() {
        String only = System.getProperty("echogate.lab.only", ".*");
        return Stream.of(Fault.values())
                .filter(fault -> fault.name().matches(only))
                .flatMap(fault -> loads(fault).map(perSecond -> Arguments.of(fault, perSecond)));
    }

    private static Stream<Integer> loads(Fault fault) {
        return switch (fault.load) {
            case NOBODY -> Stream.of(0);
            case CLIENTS -> Stream.of(PER_SECOND);
            case BOTH -> Stream.of(0, PER_SECOND);
        };
    }

    @ParameterizedTest(name = "{0}, clients at {1}/s")
    @MethodSource("stories")
    void itIsNoticedAndHidden(Fault fault, int perSecond) {
        Story story = new Story(fault, perSecond, STAGE.lab(fault.setup()));
        boolean toldToTheEnd = false;
        try {
            story.tell();
            toldToTheEnd = true;
        } finally {
            SCOREBOARD.add(story.row());
            if (!toldToTheEnd) {
                STAGE.close();
            }
        }
        story.judge();
    }
}

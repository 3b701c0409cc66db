package io.echogate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WheelTest {
    private static final long MILLI = 1_000_000;
    private final Wheel wheel = new Wheel(0);
    private final List<Long> fired = new ArrayList<>();

    private final class Sleeper implements Wheel.Owner {
        private final Wheel.Alarm alarm = new Wheel.Alarm(this);
        private long deadline;

        Sleeper(long millis) {
            deadline = millis * MILLI;
            wheel.watch(alarm);
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void timeIsUp(long now) {
            fired.add(now / MILLI);
            deadline = now + 1_000_000 * MILLI;
        }
    }

    private void turnTo(long millis) {
        for (long t = 10; t <= millis; t += 10) {
            wheel.turn(t * MILLI);
        }
    }

    @Test
    void callsNoSoonerAndAtMostTwoTicksLater() {
        Sleeper s = new Sleeper(500);
        turnTo(700);
        assertThat(fired).hasSize(1);
        assertThat(fired.getFirst()).isBetween(500L, 540L);
        assertThat(s.deadline).isGreaterThan(500 * MILLI);
    }

    @Test
    void farDeadlinesComeAroundAgain() {
        Sleeper s = new Sleeper(35_000);
        turnTo(36_000);
        assertThat(fired).hasSize(1);
        assertThat(fired.getFirst()).isBetween(35_000L, 35_040L);
        wheel.forget(s.alarm);
    }

    @Test
    void laterDeadlinesCostNothingAndHold() {
        Sleeper s = new Sleeper(100);
        s.deadline = 300 * MILLI;
        wheel.watch(s.alarm);
        turnTo(400);
        assertThat(fired).singleElement().satisfies(t -> assertThat(t).isBetween(300L, 340L));
    }

    @Test
    void earlierDeadlinesAreMoved() {
        Sleeper s = new Sleeper(5_000);
        s.deadline = 100 * MILLI;
        wheel.watch(s.alarm);
        turnTo(200);
        assertThat(fired).hasSize(1);
    }

    @Test
    void forgottenOnesAreNeverCalled() {
        Sleeper one = new Sleeper(100);
        Sleeper two = new Sleeper(100);
        Sleeper three = new Sleeper(100);
        wheel.forget(two.alarm);
        turnTo(200);
        assertThat(fired).hasSize(2);
        assertThat(two.deadline).isEqualTo(100 * MILLI);
        assertThat(one.deadline).isEqualTo(three.deadline);
    }

    @Test
    void aLateTurnCallsEverybodyOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(new Sleeper(i * 100L).deadline).isNotNegative();
        }
        wheel.turn(60_000 * MILLI);
        wheel.turn(60_020 * MILLI);
        assertThat(fired).hasSize(100);
    }

    @Test
    void afterASleepNobodyIsLateBeforeWhatCameMeanwhileIsRead() {
        Sleeper answered = new Sleeper(500);
        Sleeper silent = new Sleeper(500);
        turnTo(100);
        wheel.turn(5_100 * MILLI);
        assertThat(fired).as("right after the sleep").isEmpty();

        answered.deadline = 10_000 * MILLI;
        wheel.turn(5_120 * MILLI);
        assertThat(fired).as("a tick later").containsExactly(5_120L);
        assertThat(silent.deadline).isGreaterThan(answered.deadline);
    }

    @Test
    void aLoopThatIsAlwaysLateStillCalls() {
        Sleeper s = new Sleeper(500);
        for (long t = 300; t <= 1_500; t += 300) {
            wheel.turn(t * MILLI);
        }
        assertThat(fired).isNotEmpty();
        wheel.forget(s.alarm);
    }
}

package io.echogate.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.model.Fleet;
import io.echogate.model.Fleets;
import io.echogate.model.Standing;
import io.echogate.model.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeatsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** A hall with that many seats for its one member. */
    private static final class Few implements Seats.Hall {
        private int free;
        private boolean wanted;

        private Few(int seats) {
            free = seats;
        }

        @Override
        public int take(int member, int most) {
            int n = Math.min(free, most);
            free -= n;
            wanted = n == 0;
            return n;
        }

        @Override
        public boolean wanted(int member) {
            return wanted;
        }

        @Override
        public void giveBack(int member, int seats) {
            free += seats;
        }
    }

    private static Seats loop(Few hall, int share, int portion) {
        Seats seats = new Seats(new Seats.Rules(hall, share, portion, 10 * SECOND));
        seats.fleet(Fleets.all(State.UP, SOMEWHERE));
        return seats;
    }

    /** Takes seats until there is none left; says how many there were. */
    private static int fill(Seats seats) {
        int n = 0;
        while (!seats.full(0) && n < 10_000) {
            seats.take(0);
            n++;
        }
        return n;
    }

    @Test
    void all_loops_together_have_as_many_as_the_bound() {
        Few hall = new Few(100);
        List<Seats> loops = new ArrayList<>();
        int all = 0;
        for (int i = 0; i < 4; i++) {
            loops.add(loop(hall, 25, 3));
        }
        for (int i = 0; i < 1_000; i++) {
            Seats one = loops.get(i * 7 % 4);
            if (!one.full(0)) {
                one.take(0);
                all++;
            }
        }
        assertThat(all).isEqualTo(100);
    }

    @Test
    void one_loop_may_have_nearly_all_of_them() {
        Few hall = new Few(100);
        Seats idle = loop(hall, 50, 3);
        assertThat(idle.full(0)).isFalse();
        assertThat(fill(loop(hall, 50, 3))).isEqualTo(97);
    }

    @Test
    void what_a_loop_does_not_need_goes_back() {
        Few hall = new Few(100);
        Seats one = loop(hall, 50, 3);
        assertThat(fill(one)).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            one.leave(0);
        }
        assertThat(hall.free).as("all but less than two portions").isGreaterThan(94);
        assertThat(fill(loop(hall, 50, 3))).isGreaterThan(94);
    }

    @Test
    void the_last_seat_does_not_stay_with_a_loop_that_has_no_use_for_it() {
        Few hall = new Few(1);
        Seats one = loop(hall, 1, 1);
        Seats other = loop(hall, 1, 1);
        assertThat(one.full(0)).isFalse();
        one.take(0);
        one.leave(0);
        assertThat(other.full(0)).as("the first has kept it").isTrue();
        one.share();
        assertThat(other.full(0)).isFalse();
    }

    @Test
    void whoever_waits_is_told_of_every_seat_that_is_left() {
        int[] told = {0};
        Seats one = loop(new Few(2), 2, 1);
        one.watch(() -> told[0]++);
        fill(one);
        one.leave(0);
        one.leave(0);
        assertThat(told[0]).isEqualTo(2);
    }

    @Test
    void a_member_that_has_come_back_gets_a_tenth_and_then_more_each_second() {
        Seats one = loop(new Few(1_000), 1_000, 10);
        Fleet back = Fleets.with(Fleets.all(State.UP, SOMEWHERE), 0, new Standing(1, 1, 5 * SECOND));
        one.fleet(back);
        one.at(5 * SECOND);
        assertThat(fill(one)).isEqualTo(100);
        one.at(8 * SECOND);
        assertThat(fill(one)).as("three tenths").isEqualTo(200);
        one.at(15 * SECOND);
        assertThat(fill(one)).as("all").isEqualTo(700);
    }

    @Test
    void one_that_is_not_trusted_yet_gets_a_tenth_for_as_long_as_that_lasts() {
        Seats one = loop(new Few(1_000), 1_000, 10);
        one.fleet(Fleets.all(State.RECOVERING, SOMEWHERE));
        one.at(1_000 * SECOND);
        assertThat(fill(one)).isEqualTo(100);
    }

    @Test
    void without_a_bound_there_is_always_room() {
        Seats seats = new Seats(null);
        assertThat(fill(seats)).isEqualTo(10_000);
        seats.leave(0);
    }

    @Test
    void one_that_sits_down_although_there_is_no_room_leaves_no_seat_behind() {
        Few hall = new Few(1);
        Seats one = loop(hall, 1, 1);
        assertThat(fill(one)).isOne();
        one.take(0);
        one.leave(0);
        assertThat(one.full(0)).isTrue();
        one.leave(0);
        assertThat(one.full(0)).isFalse();
        assertThat(fill(one)).isOne();
    }
}

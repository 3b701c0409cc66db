package io.echogate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.clock.Chance;
import io.echogate.model.Kind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IcmpFlightTest {
    private static final InetAddress TO = InetAddress.getLoopbackAddress();

    private final IcmpFlight flight = new IcmpFlight(Chance.seeded(1));

    private final IcmpProbe nobody = IcmpProbeTest.probe();

    private IcmpCheck check() {
        Question q = new Question(0, Kind.ICMP, 0, 0, 0, 1, Pace.icmp(PacedWorld.config(1)));
        return new IcmpCheck(q, TO, nobody, (x, f) -> {});
    }

    private IcmpCheck added() {
        IcmpCheck check = check();
        flight.add(check);
        flight.number(check);
        return check;
    }

    @Test
    void everyOneOfManyIsFoundAndNobodyElseAfterItIsGone() {
        RandomGenerator random = Chance.seeded(2);
        List<IcmpCheck> there = new ArrayList<>();
        Set<Long> gone = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            there.add(added());
            if (random.nextInt(3) == 0) {
                IcmpCheck out = there.remove(random.nextInt(there.size()));
                flight.remove(out);
                gone.add(out.nonce());
            }
        }
        assertThat(flight.size()).isEqualTo(there.size());
        assertThat(there).allMatch(c -> flight.byNonce(c.nonce()) == c && flight.bySequence(c.sequence()) == c);
        assertThat(gone).allMatch(nonce -> flight.byNonce(nonce) == null);
        assertThat(there.stream().map(IcmpCheck::nonce).distinct().count()).isEqualTo(there.size());
    }

    @Test
    void aGuessedPlaceIsNotEnough() {
        IcmpCheck check = added();

        assertThat(flight.byNonce(check.nonce() ^ (1L << 20))).isNull();
        assertThat(flight.byNonce(check.nonce() + 1)).isNull();
    }

    @Test
    void removingTwiceFreesOnePlace() {
        IcmpCheck first = added();
        flight.remove(first);
        IcmpCheck second = added();
        flight.remove(first);

        assertThat(second.slot()).isEqualTo(first.slot());
        assertThat(flight.byNonce(second.nonce())).isSameAs(second);
        assertThat(flight.bySequence(first.sequence())).isNull();
    }

    @Test
    void aSequenceNumberThatComesRoundAgainIsTheNewersAlone() {
        IcmpCheck old = added();
        IcmpCheck newer = added();
        for (int i = 0; i < 65_535; i++) {
            flight.number(newer);
        }
        assertThat(newer.sequence()).isEqualTo(old.sequence());
        assertThat(flight.bySequence(old.sequence())).isSameAs(newer);
    }
}

package io.echogate.lab;

import static io.echogate.lab.Expectation.down;
import static io.echogate.lab.Expectation.isolated;
import static io.echogate.lab.Expectation.neverDown;
import static io.echogate.lab.Expectation.unsettled;
import static io.echogate.lab.Expectation.up;
import static io.echogate.lab.Fault.Load.BOTH;
import static io.echogate.lab.Fault.Load.CLIENTS;
import static io.echogate.lab.Fault.Load.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.echogate.lab.Lab.Setup;
import io.echogate.lab.RogueMain.Manner;
import io.echogate.model.Cause;
import io.echogate.model.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that happens to the lab, what the monitor must say about it and within which time. Each has its row in
 * {@code docs/failures.md}. In this order, so that what leaves a trace in a monitor's memory of ordinary round trips
 * comes last.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of lambdas that keep nothing
enum Fault {
    SERVICE_KILLED(
            BOTH,
            down(Cause.PORT_CLOSED, Promise.REFUSED),
            Trick.of(lab -> lab.s1().kill(), lab -> lab.s1().start())),

    /** What {@code docker pause} looks like: the kernel accepts connections, nobody answers. */
    SERVICE_FROZEN(
            BOTH,
            down(Cause.FROZEN, Promise.SILENT).holding(3),
            Trick.of(lab -> lab.s1().freeze(), lab -> lab.s1().thaw())),

    /** Held for longer than the neighbour's hardware address is believed: then silence becomes "host unreachable". */
    MACHINE_OFF(
            BOTH,
            down(Cause.HOST_SILENT, Promise.OFF).holding(11),
            Trick.of(lab -> lab.s1().cutPower(), lab -> lab.s1().boot())),

    PORT_BLACK_HOLED(
            BOTH, down(Cause.PORT_SILENT, Promise.UNCORROBORATED), Trick.filter("INPUT -p tcp --dport 3000 -j DROP")),

    PORT_REJECTED_BY_RESET(
            CLIENTS,
            down(Cause.PORT_CLOSED, Promise.REFUSED),
            Trick.filter("INPUT -p tcp --dport 3000 -j REJECT --reject-with tcp-reset")),

    /** Six failures, since a router's word is no second fact; then the machine's answers tell it from a dead one. */
    PORT_REJECTED_AS_UNREACHABLE(
            CLIENTS,
            down(Cause.PORT_SILENT, Promise.UNCORROBORATED),
            Trick.filter("INPUT -p tcp --dport 3000 -j REJECT --reject-with icmp-host-unreachable")),

    HOST_REJECTED_AS_UNREACHABLE(
            CLIENTS,
            down(Cause.HOST_SILENT, Promise.OFF),
            Trick.filter(
                    "INPUT -p tcp --dport 3000 -j REJECT --reject-with icmp-host-unreachable",
                    "INPUT -p icmp --icmp-type echo-request -j REJECT --reject-with icmp-host-unreachable")),

    PINGS_FILTERED(
            CLIENTS,
            up(3),
            Trick.filter("INPUT -p icmp --icmp-type echo-request -j DROP").provedBy(Fault::itsMachineIsSilent)),

    ALL_ICMP_FILTERED(
            CLIENTS,
            up(3),
            Trick.filter("INPUT -p icmp -j DROP", "OUTPUT -p icmp -j DROP").provedBy(Fault::itsMachineIsSilent)),

    CUT_ON_THE_WAY_THERE(
            CLIENTS,
            down(Cause.HOST_SILENT, Promise.OFF),
            Trick.of(
                    lab -> lab.network().cut(lab.middle(), lab.s1().host()),
                    lab -> lab.network().itself().filterNothing())),

    CUT_ON_THE_WAY_BACK(
            CLIENTS,
            down(Cause.HOST_SILENT, Promise.OFF),
            Trick.of(
                    lab -> lab.network().cut(lab.s1().host(), lab.middle()),
                    lab -> lab.network().itself().filterNothing())),

    BOTH_CUT_WITHOUT_WITNESS(
            NOBODY,
            isolated(3),
            Trick.of(
                    lab -> List.of(lab.s1(), lab.s2())
                            .forEach(machine -> machine.host().unplug()),
                    lab -> List.of(lab.s1(), lab.s2())
                            .forEach(machine -> machine.host().plugIn()))),

    OWN_CABLE_PULLED_WITHOUT_WITNESS(
            NOBODY,
            isolated(3),
            Trick.of(lab -> lab.middle().unplug(), lab -> lab.middle().plugIn())),

    MONITOR_FROZEN(
            CLIENTS,
            up(4).blindFor(Moments.FREEZE),
            Trick.of(
                    lab -> {
                        lab.monitor().freeze();
                        Lab.pass(Moments.FREEZE);
                        lab.monitor().thaw();
                    },
                    lab -> {})),

    /** The promise counts from when the monitor can look again. */
    SERVICE_FROZEN_WHILE_MONITOR_WAS(
            CLIENTS,
            down(Cause.FROZEN, Promise.SILENT).blindFor(Moments.FREEZE),
            Trick.of(lab -> lab.monitor().thaw(), lab -> lab.s1().thaw()).ledInBy(lab -> {
                lab.monitor().freeze();
                lab.s1().freeze();
                Lab.pass(Moments.FREEZE);
            })),

    ADDRESS_TAKEN_OVER(
            CLIENTS,
            neverDown(2),
            Trick.of(
                            lab -> {
                                lab.s1().host().unplug();
                                lab.stranger().host().takeAddress(Lab.FIRST);
                            },
                            Fault::giveAddressBack)
                    .preparedBy(lab -> lab.stranger().start())
                    .restoredBy(lab -> lab.stranger().kill())),

    ADDRESS_TAKEN_OVER_BY_A_HOST_WITHOUT_SERVICE(
            CLIENTS,
            down(Cause.PORT_CLOSED, Promise.REFUSED),
            Trick.of(
                    lab -> {
                        lab.s1().host().unplug();
                        lab.stranger().host().takeAddress(Lab.FIRST);
                    },
                    Fault::giveAddressBack)),

    /** The way back is another host's. */
    MACHINE_OFF_AND_REPLACED(
            CLIENTS,
            down(Cause.HOST_SILENT, Promise.OFF),
            Trick.of(
                            lab -> lab.s1().host().unplug(),
                            lab -> lab.stranger().host().takeAddress(Lab.FIRST))
                    .preparedBy(lab -> lab.stranger().start())
                    .restoredBy(lab -> {
                        giveAddressBack(lab);
                        lab.stranger().kill();
                        lab.awaitBothUp();
                    })),

    LOSS_OF_1_PERCENT(CLIENTS, neverDown(5), Trick.loss(0.01)),

    LOSS_OF_5_PERCENT(CLIENTS, neverDown(6), Trick.loss(0.05)),

    LOSS_OF_30_PERCENT(
            CLIENTS,
            unsettled(8, Cause.HOST_SILENT, Cause.PORT_SILENT, Cause.FROZEN, Cause.SLOW)
                    .waiting(Promise.CLIENT_WAITS_FOR_LOST),
            Trick.loss(0.3)),

    /**
     * 2,000 bytes a second, the first 300 at once: what a ping needs of them, 404, is there again after 0.2 s, and the
     * last 104 take 52 ms.
     */
    SLOW_LINK(
            NOBODY,
            up(4),
            Trick.of(
                            lab -> lab.s1().host().slowLine(16_000, 300),
                            lab -> lab.s1().host().fastLine())
                    .provedBy(lab -> assertThat(
                                    s1(lab).path("service").path("rttMillis").asDouble())
                            .isBetween(25.0, 200.0))),

    /** The clients alone want ten times what it carries, and what is sent waits for up to 3 s. */
    SLOW_LINK_OVERLOADED(
            CLIENTS,
            unsettled(8, Cause.HOST_SILENT, Cause.PORT_SILENT, Cause.FROZEN, Cause.SLOW),
            Trick.of(
                    lab -> lab.s1().host().slowLine(16_000, 1540),
                    lab -> lab.s1().host().fastLine())),

    PING_ANSWERS_500(CLIENTS, down(Cause.WRONG_ANSWER, Promise.REFUSED), Trick.rogue(Manner.STATUS_500)),

    WRONG_BODY(CLIENTS, down(Cause.WRONG_ANSWER, Promise.REFUSED), Trick.rogue(Manner.WRONG_BODY)),

    ENDLESS_BODY(CLIENTS, down(Cause.WRONG_ANSWER, Promise.REFUSED), Trick.rogue(Manner.ENDLESS_BODY)),

    TLS_WHERE_PLAIN_WAS_EXPECTED(CLIENTS, down(Cause.WRONG_ANSWER, Promise.REFUSED), Trick.rogue(Manner.TLS_ALERT)),

    RESET_IN_MID_ANSWER(CLIENTS, down(Cause.BROKEN, Promise.REFUSED), Trick.rogue(Manner.RESET_IN_THE_HEAD)),

    /** A client that has a byte of an answer's head is not moved by mere doubt. */
    ONE_BYTE_PER_SECOND(
            CLIENTS,
            down(Cause.SLOW, Promise.SILENT).waiting(Promise.CLIENT_WAITS_IN_MID_HEAD),
            Trick.rogue(Manner.ONE_BYTE_PER_SECOND)),

    /** SLOW as soon as the first late answer has been heard, which is later than three time-outs. */
    ANSWERS_LATE(CLIENTS, down(Cause.SLOW, Promise.SILENT).after(Cause.FROZEN).holding(2), Trick.rogue(Manner.LATE)),

    BOTH_OFF(
            NOBODY,
            down(Cause.HOST_SILENT, Promise.OFF).both(),
            Trick.of(
                    lab -> List.of(lab.s1(), lab.s2())
                            .forEach(machine -> machine.host().unplug()),
                    lab -> List.of(lab.s1(), lab.s2())
                            .forEach(machine -> machine.host().plugIn()))),

    /** The clients ask from the monitor's own host; nobody can be well for them. */
    OWN_CABLE_PULLED(
            CLIENTS,
            isolated(4),
            Trick.of(lab -> lab.middle().unplug(), lab -> lab.middle().plugIn())),

    /** For longer than an address is believed without asking again. */
    NAMES_LOST(
            CLIENTS,
            up(11),
            Trick.of(lab -> lab.names().freeze(), lab -> lab.names().thaw())),

    /** Well after the name has been looked up again, nobody needs the old address any more. */
    NAME_MOVED(
            CLIENTS,
            up(3),
            Trick.of(lab -> lab.s1().host().unplug(), lab -> {})
                    .preparedBy(lab -> {
                        lab.stranger().host().takeAddress(Moments.SPARE_ADDRESS);
                        lab.stranger().start();
                        lab.names().point("s1.lab", Moments.SPARE_ADDRESS);
                        Lab.pass(Moments.FRESH);
                    })
                    .restoredBy(lab -> lab.s1().host().plugIn())),

    /** The promise counts from when the monitor asks for the first time. */
    STARTED_WITHOUT_NAMES(
            NOBODY,
            down(Cause.UNRESOLVED, Promise.SILENT).both().blindFor(Moments.COLD_START),
            Trick.of(lab -> {}, lab -> lab.names().thaw()).ledInBy(lab -> {
                lab.names().freeze();
                lab.restartMonitor();
            }));

    /** Whose requests there are meanwhile. */
    enum Load {
        NOBODY,
        CLIENTS,
        /** Once nobody's, once clients'. */
        BOTH
    }

    /** Times and addresses that several of them need. */
    private static final class Moments {
        static final Duration FREEZE = Duration.ofSeconds(5);
        static final Duration COLD_START = Duration.ofSeconds(1);
        static final Duration FRESH = Duration.ofSeconds(11);
        static final String SPARE_ADDRESS = "1.2.3.101";
    }

    final Load load;
    final Expectation expected;
    final Trick trick;

    Fault(Load load, Expectation expected, Trick trick) {
        this.load = load;
        this.expected = expected;
        this.trick = trick;
    }

    private static void giveAddressBack(Lab lab) {
        lab.stranger().host().leaveAddress(Lab.FIRST);
        lab.s1().host().plugIn();
        lab.s1().host().announce();
    }

    private static void itsMachineIsSilent(Lab lab) {
        assertThat(s1(lab).path("host").path("state").asString()).isEqualTo(State.DOWN.name());
    }

    private static JsonNode s1(Lab lab) {
        String fleet = lab.witness().get("/-/api/v1/fleet").body();
        return JsonMapper.shared().readTree(fleet).path("members").get(0);
    }

    Setup setup() {
        if (compareTo(PING_ANSWERS_500) < 0) {
            return Setup.PLAIN;
        }
        return compareTo(NAMES_LOST) < 0 ? Setup.WITNESSED : Setup.NAMED;
    }

    /** Within which all is well again. */
    Duration wayBack() {
        return this == STARTED_WITHOUT_NAMES ? Promise.BACK.plusSeconds(NameServer.WAITS_SECONDS) : Promise.BACK;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

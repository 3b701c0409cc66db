package io.echogate.lab;

import java.util.List;
import java.util.Locale;

/** What happens to the members of {@code bench/failover}, from the moment it strikes until all is well again. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that keep nothing
enum Blow {
    /** The process ends without a goodbye; its host refuses connections. */
    KILL((stand, time) -> {
        stand.first().kill();
        time.hold();
        stand.first().begin();
    }),

    /** The kernel accepts connections and acknowledges requests, nobody answers. */
    FREEZE((stand, time) -> {
        stand.first().freeze();
        time.hold();
        stand.first().thaw();
    }),

    /** The cable is pulled at the switch. */
    CUT((stand, time) -> {
        stand.first().host().unplug();
        time.hold();
        stand.first().host().plugIn();
    }),

    /** A packet filter on the member's host drops all that comes to the port; pings are answered. */
    BLACK_HOLE((stand, time) -> {
        stand.first().host().filter("INPUT -p tcp --dport 3000 -j DROP");
        time.hold();
        stand.first().host().filterNothing();
    }),

    /** Each packet to and from the member is lost with that probability. */
    LOSS((stand, time) -> {
        stand.network().lose(stand.first().host(), 0.3);
        time.hold();
        stand.network().itself().filterNothing();
    }),

    /** Answers take 500 ms instead of 5; pings do not. */
    SLOW(manner("slow")),

    /** Every answer but that to pings is a 500. */
    ERRORS(manner("error")),

    /** Every answer but that to pings ends in the middle by a reset. */
    RESET(manner("reset")),

    /** Every answer but that to pings ends in the middle as if it were complete. */
    TRUNCATE(manner("truncate")),

    /** Killed, back after two seconds, killed, back. */
    FLAP((stand, time) -> {
        stand.first().kill();
        time.reach(2);
        stand.first().begin();
        time.reach(4);
        stand.first().kill();
        time.hold();
        stand.first().begin();
    }),

    /** One member after the other is stopped in order and is back half a second later. */
    ROLLING((stand, time) -> {
        List<Member> all = stand.members();
        for (int i = 0; i < all.size(); i++) {
            double turn = i * (double) Timeline.HELD_SECONDS / all.size();
            time.reach(turn);
            all.get(i).stop();
            time.reach(turn + 0.5);
            all.get(i).begin();
        }
        time.hold();
    });

    /** What is done to the stand, and when. */
    interface Script {
        void play(Stand stand, Timeline time);
    }

    final Script script;

    Blow(Script script) {
        this.script = script;
    }

    private static Script manner(String name) {
        return (stand, time) -> {
            stand.first().behave(name);
            time.hold();
            stand.first().behave("normal");
        };
    }

    /** As on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The member goes on answering, but not well: its answers say how long clients were still sent to it. */
    boolean spoilsAnswers() {
        return this == RESET || this == TRUNCATE;
    }
}

package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.model.Beat;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Member;
import io.echogate.model.Outcome;
import io.echogate.model.State;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveTest {
    private static Member suspect(String name) {
        return Fleets.member(
                0,
                name,
                State.SUSPECT,
                Cause.SLOW,
                "overdue",
                Fleets.START,
                Fleets.strip(Fleets.START, 60, Outcome.ANSWERED));
    }

    @Test
    void aViewerGetsASnapshotThenNumberedChanges() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            JsonObject snapshot = stream.next("snapshot");
            assertThat(snapshot.getLong("seq")).isEqualTo(1);
            assertThat(snapshot.getJsonArray("members")).hasSize(2);
            JsonObject strips =
                    snapshot.getJsonArray("members").getJsonObject(0).getJsonObject("strips");
            assertThat(strips.getJsonObject("service").getString("o")).hasSize(60);
            assertThat(strips.getJsonObject("service").getJsonArray("t")).hasSize(60);
            assertThat(strips.getJsonObject("host").getBoolean("whole")).isTrue();

            Fleet doubted = Fleets.with(site.fleet(), suspect("S1"));
            site.publish(Fleets.happened(doubted, "S1", State.UP, State.SUSPECT, Cause.SLOW, "overdue", "200 ms"));
            JsonObject change = stream.next("change");
            assertThat(change.getLong("epoch")).isEqualTo(7);
            assertThat(change.getLong("prev")).isEqualTo(1);
            assertThat(change.getLong("seq")).isEqualTo(2);
            assertThat(change.getJsonArray("events")).hasSize(1);
            assertThat(change.getJsonArray("members"))
                    .as("S1 changed, S2 is chosen now")
                    .hasSize(2);

            site.publish(Fleets.with(site.fleet(), Fleets.up(0, "S1")));
            JsonObject next = stream.next("change");
            assertThat(next.getLong("prev")).isEqualTo(2);
            assertThat(next.getLong("seq")).isEqualTo(3);
            assertThat(next.getJsonArray("events")).isEmpty();
        }
    }

    @Test
    void onlyChangedMembersAndNewBeatsTravel() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(1), 1)));
            JsonObject change = stream.next("change");
            assertThat(change.getJsonArray("members")).hasSize(1);
            JsonObject member = change.getJsonArray("members").getJsonObject(0);
            assertThat(member.getString("name")).isEqualTo("S2");
            JsonObject service = member.getJsonObject("strips").getJsonObject("service");
            assertThat(service.getBoolean("whole")).isFalse();
            assertThat(service.getString("o")).isEqualTo("A");
            assertThat(service.getJsonArray("t").getLong(0))
                    .isEqualTo(Fleets.START.plusSeconds(1).toEpochMilli());
            assertThat(service.getJsonArray("r").getLong(0)).isEqualTo(555);
        }
    }

    private static Member beat(Member before, int second) {
        List<Beat> strip = new ArrayList<>(before.service().strip());
        strip.add(new Beat(Fleets.START.plusSeconds(second), Outcome.ANSWERED, 555_000));
        return Fleets.member(
                before.index(), before.name(), State.UP, Cause.NONE, "well", Fleets.START, Fleets.last(strip));
    }

    @Test
    void figuresAreGatheredAndStatesGoAtOnce() throws Exception {
        try (Site site =
                        new Site(Fleets.with(Fleets.twoUp(), beat(Fleets.twoUp().at(0), 0)));
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            for (int i = 1; i <= 5; i++) {
                site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), i)));
            }
            JsonObject figures = stream.next("change");
            assertThat(figures.getLong("prev")).isEqualTo(2);
            assertThat(figures.getLong("seq")).as("five snapshots, one message").isEqualTo(7);
            assertThat(figures.getJsonArray("members")
                            .getJsonObject(0)
                            .getJsonObject("strips")
                            .getJsonObject("service")
                            .getString("o"))
                    .isEqualTo("AAAAA");

            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), 6)));
            site.publish(Fleets.with(site.fleet(), suspect("S1")));
            JsonObject state = stream.next("change");
            assertThat(state.getLong("seq")).isEqualTo(9);
        }
    }

    @Test
    void aDrillIsToldAtOnceWhenItBeginsAndWhenItEnds() throws Exception {
        Fleet usual = Fleets.with(Fleets.twoUp(), beat(Fleets.twoUp().at(0), 0));
        try (Site site = new Site(usual);
                WatchedStream stream = site.watch("")) {
            JsonObject snapshot = stream.next("snapshot");
            assertThat(snapshot.containsKey("drill")).isTrue();
            assertThat(snapshot.getValue("drill")).isNull();
            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), 1)));
            site.publish(Fleets.drilled(site.fleet(), DrillsTest.frozen(Fleets.START)));
            JsonObject begun = stream.next("change");
            assertThat(begun.getLong("seq")).as("not gathered with figures").isEqualTo(4);
            assertThat(begun.getJsonObject("drill").getString("member")).isEqualTo("S1");
            assertThat(begun.getJsonObject("drill").getString("mode")).isEqualTo("freeze");
            site.publish(Fleets.drilled(
                    Fleets.with(site.fleet(), beat(site.fleet().at(0), 2)),
                    site.fleet().drill()));
            assertThat(stream.next("change").containsKey("drill"))
                    .as("unchanged")
                    .isFalse();
            try (WatchedStream late = site.watch("")) {
                assertThat(late.next("snapshot").getJsonObject("drill").getString("why"))
                        .isEqualTo("<b>game day</b>");
            }
            site.publish(Fleets.drilled(site.fleet(), null));
            JsonObject ended = stream.next("change");
            assertThat(ended.containsKey("drill")).isTrue();
            assertThat(ended.getValue("drill")).isNull();
        }
    }

    @Test
    void aBeatCarriesTimeNumberAndRates() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            LoopMeter loop = site.meters.newLoop();
            stream.next("snapshot");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stream.next("beat").getJsonObject("rates").getDouble("total") != null);
            loop.tally(Metric.REQUESTS, "S1", "2xx").add(600);
            JsonObject rates = await().atMost(Duration.ofSeconds(5))
                    .until(
                            () -> stream.next("beat").getJsonObject("rates"),
                            r -> r.getDouble("total") != null && r.getDouble("total") > 0);
            assertThat(rates.getDouble("total")).isBetween(150.0, 700.0);
            assertThat(rates.getJsonObject("members").getDouble("S1")).isEqualTo(rates.getDouble("total"));
            JsonObject beat = stream.next("beat");
            assertThat(beat.getLong("seq")).isEqualTo(1);
            assertThat(Instant.parse(beat.getString("now"))).isAfter(Fleets.START);
        }
    }

    @Test
    void aViewerWhoWasAwayGoesOnWhereItLeftOff() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            try (WatchedStream first = site.watch("")) {
                first.next("snapshot");
            }
            for (String state : List.of("doubt", "well", "doubt")) {
                site.publish(Fleets.with(site.fleet(), state.equals("well") ? Fleets.up(0, "S1") : suspect("S1")));
                try (WatchedStream probe =
                        site.watch("?epoch=7&after=" + (site.fleet().seq() - 1))) {
                    JsonObject told = probe.messages.poll(5, TimeUnit.SECONDS);
                    assertThat(told).isNotNull();
                }
            }
            try (WatchedStream again = site.watch("?epoch=7&after=2")) {
                assertThat(again.next("change").getLong("seq")).isEqualTo(3);
                assertThat(again.next("change").getLong("seq")).isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?epoch=6&after=1", "?epoch=7&after=999", "?epoch=7", "?after=1", "?epoch=x&after=y"})
    void whoeverCannotGoOnGetsASnapshot(String query) throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch(query)) {
            assertThat(stream.messages.poll(5, TimeUnit.SECONDS).getString("type"))
                    .isEqualTo("snapshot");
        }
    }

    @Test
    void aViewerWithAGapAsksOnceAndGetsASnapshot() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            stream.socket().sendText("resync", true).join();
            assertThat(stream.next("snapshot").getLong("seq")).isEqualTo(1);
        }
    }

    @Test
    void otherMembersMeanAFreshSnapshot() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            site.publish(Fleets.publish(
                    8, 1, Fleets.START, false, site.fleet().icmp(), List.of(Fleets.up(0, "T1")), List.of()));
            JsonObject snapshot = stream.next("snapshot");
            assertThat(snapshot.getLong("epoch")).isEqualTo(8);
            assertThat(snapshot.getJsonArray("members")).hasSize(1);
        }
    }

    @Test
    void scriptsOfOtherSitesAreRefused() throws Exception {
        try (Site site = new Site(Fleets.twoUp())) {
            String own = "http://127.0.0.1:" + site.server.port();
            try (WatchedStream stream = site.watch("", "Origin", own)) {
                stream.next("snapshot");
            }
            for (String foreign :
                    List.of("http://evil.example", "null", "http://127.0.0.1:1", own + ".evil.example", "x")) {
                assertThatThrownBy(() -> site.watch("", "Origin", foreign))
                        .as(foreign)
                        .hasCauseInstanceOf(WebSocketHandshakeException.class)
                        .extracting(e -> refusal(e))
                        .isEqualTo(403);
            }
        }
    }

    private static int refusal(Throwable thrown) {
        return thrown.getCause() instanceof WebSocketHandshakeException e && e.getResponse() != null
                ? e.getResponse().statusCode()
                : 0;
    }

    @Test
    void floodsEndTheStream() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            for (int i = 0; i <= Viewer.FRAMES; i++) {
                stream.socket().sendPing(ByteBuffer.allocate(4)).join();
            }
            assertThat(stream.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void longMessagesEndTheStream() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            var _ = stream.socket().sendText("x".repeat(10_000), true);
            assertThat(stream.closed.handle((status, error) -> "ended").get(5, TimeUnit.SECONDS))
                    .isEqualTo("ended");
        }
    }

    /** Never reads until told to; then must find a fresh snapshot behind what had already been on its way. */
    @Test
    void aSlowViewerIsDroppedFromAndNotWaitedFor() throws Exception {
        Member[] many = new Member[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = Fleets.up(i, "member-" + i);
        }
        try (Site site = new Site(Fleets.of(many));
                WatchedStream quick = site.watch("");
                Socket slow = new Socket()) {
            quick.next("snapshot");
            slow.setReceiveBufferSize(64 * 1024);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.server.port()));
            slow.getOutputStream().write("""
                            GET /-/api/v1/live HTTP/1.1
                            Host: localhost
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            int round = 0;
            while (counter(site, "echogate_page_dropped_total") < 50) {
                for (int i = 0; i < many.length; i++) {
                    Member m = site.fleet().at(i);
                    Member next =
                            m.state() == State.UP ? Fleets.frozen(i, m.name(), Fleets.START) : Fleets.up(i, m.name());
                    site.publish(Fleets.with(site.fleet(), next));
                }
                assertThat(quick.next("change")).isNotNull();
                assertThat(++round)
                        .as("rounds until the slow viewer was left behind")
                        .isLessThan(500);
            }
            long last = site.fleet().seq();
            long seen = 0;
            slow.setSoTimeout(10_000);
            InputStream in = slow.getInputStream();
            skipHead(in);
            JsonObject message;
            do {
                message = frame(in);
                seen++;
            } while (!("snapshot".equals(message.getString("type")) && message.getLong("seq") == last));
            assertThat(seen).as("messages it got of %s snapshots", last).isLessThan(last / 2);
        }
    }

    private static double counter(Site site, String name) throws Exception {
        return site.get("/-/metrics")
                .body()
                .lines()
                .filter(l -> l.startsWith(name + " "))
                .mapToDouble(l -> Double.parseDouble(l.substring(name.length() + 1)))
                .sum();
    }

    private static void skipHead(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    private static JsonObject frame(InputStream in) throws Exception {
        assertThat(in.read()).as("a final text frame").isEqualTo(0x81);
        long length = in.read();
        if (length == 126) {
            length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = ByteBuffer.wrap(in.readNBytes(8)).getLong();
        }
        return new JsonObject(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
    }
}

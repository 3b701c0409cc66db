package io.echogate.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.echogate.meter.LoopMeter;
import io.echogate.meter.Metric;
import io.echogate.model.Cause;
import io.echogate.model.Fleet;
import io.echogate.model.Intent;
import io.echogate.model.Member;
import io.echogate.model.Order;
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
    void ofOneWhoOnlyAnswersOnlyFiguresTravel() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            assertThat(stream.next("snapshot").getJsonArray("next").getLong(1)).isEqualTo(-1);
            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(1), 1)));
            JsonObject change = stream.next("change");
            assertThat(change.getJsonArray("members")).isEmpty();
            assertThat(change.getJsonObject("figures").containsKey("host")).isFalse();
            assertThat(change.getJsonObject("figures").getJsonObject("service")).isEqualTo(new JsonObject("""
                            {"i":[1],"rtt":[555],"last":[-900],"jitter":[289],"p50":[940],"p95":[1480],"p99":[1480],
                             "n":[1],"t":[-900],"r":[555],"connect":[139],"firstByte":[278],"total":[555],"o":"A"}"""));
            assertThat(change.getJsonObject("next")).isEqualTo(new JsonObject("{\"i\":[1],\"millis\":[-1]}"));

            site.publish(
                    Fleets.with(site.fleet(), Fleets.pinged(site.fleet().at(0), Fleets.START.plusSeconds(1), 200_000)));
            change = stream.next("change");
            JsonObject host = change.getJsonObject("figures").getJsonObject("host");
            assertThat(change.getJsonObject("figures").containsKey("service")).isFalse();
            assertThat(host.getJsonArray("i").encode()).isEqualTo("[0]");
            assertThat(host.getJsonArray("loss").encode()).isEqualTo("[0]");
            assertThat(change.getJsonObject("next").getJsonArray("millis").getLong(0))
                    .isBetween(0L, 700L);
        }
    }

    private static Member beat(Member before, int second) {
        return Fleets.answered(before, Fleets.START.plusSeconds(second), 555_000);
    }

    @Test
    void whoIsAnotherIsSentWholeWithTheBeatsToAppend() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            Member drained = Fleets.ordered(
                            site.fleet(), 1, new Order(Intent.DRAIN, "a", "b", Fleets.START, null, null, Order.NEVER))
                    .at(1);
            site.publish(Fleets.with(site.fleet(), beat(drained, 1)));
            JsonObject change = stream.next("change");
            assertThat(change.containsKey("figures")).isFalse();
            JsonObject member = change.getJsonArray("members").getJsonObject(0);
            assertThat(member.getString("intent")).isEqualTo("DRAIN");
            assertThat(member.getValue("servingSince")).isNull();
            assertThat(member.getJsonObject("service").getString("detail")).isEqualTo("200 pong");
            JsonObject strip = member.getJsonObject("strips").getJsonObject("service");
            assertThat(strip.getBoolean("whole")).isFalse();
            assertThat(strip.getString("o")).isEqualTo("A");
            assertThat(strip.getJsonArray("t").getLong(0))
                    .isEqualTo(Fleets.START.plusSeconds(1).toEpochMilli());
            assertThat(strip.getJsonArray("r").getLong(0)).isEqualTo(555);
        }
    }

    @Test
    void figuresAreGatheredAndStatesGoAtOnce() throws Exception {
        try (Site site = new Site(Fleets.twoUp());
                WatchedStream stream = site.watch("")) {
            stream.next("snapshot");
            for (int i = 1; i <= 5; i++) {
                site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), i)));
            }
            JsonObject figures = stream.next("change");
            assertThat(figures.getLong("prev")).isEqualTo(1);
            assertThat(figures.getLong("seq")).as("five snapshots, one message").isEqualTo(6);
            JsonObject service = figures.getJsonObject("figures").getJsonObject("service");
            assertThat(service.getJsonArray("n").encode()).isEqualTo("[5]");
            assertThat(service.getString("o")).isEqualTo("AAAAA");

            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), 6)));
            site.publish(Fleets.with(site.fleet(), suspect("S1")));
            JsonObject state = stream.next("change");
            assertThat(state.getLong("seq")).isEqualTo(8);
        }
    }

    @Test
    void aDrillIsToldAtOnceWhenItBeginsAndWhenItEnds() throws Exception {
        Fleet usual = Fleets.with(Fleets.twoUp(), beat(Fleets.twoUp().at(0), 1));
        try (Site site = new Site(usual);
                WatchedStream stream = site.watch("")) {
            JsonObject snapshot = stream.next("snapshot");
            assertThat(snapshot.containsKey("drill")).isTrue();
            assertThat(snapshot.getValue("drill")).isNull();
            site.publish(Fleets.with(site.fleet(), beat(site.fleet().at(0), 2)));
            site.publish(Fleets.drilled(site.fleet(), DrillsTest.frozen(Fleets.START)));
            JsonObject begun = stream.next("change");
            assertThat(begun.getLong("seq")).as("not gathered with figures").isEqualTo(4);
            assertThat(begun.getJsonObject("drill").getString("member")).isEqualTo("S1");
            assertThat(begun.getJsonObject("drill").getString("mode")).isEqualTo("freeze");
            site.publish(Fleets.drilled(
                    Fleets.with(site.fleet(), beat(site.fleet().at(0), 3)),
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

    /** They never read; the one that does after all then finds out everything, without having been sent all of it. */
    @Test
    void whoNeverReadsIsDroppedFromAndNotWaitedFor() throws Exception {
        Member[] many = new Member[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = Fleets.up(i, "member-" + i);
        }
        try (Site site = new Site(Fleets.of(many));
                WatchedStream quick = site.watch("");
                Socket slow = neverReads(site);
                Socket never = neverReads(site);
                Socket neither = neverReads(site)) {
            long at = quick.next("snapshot").getLong("seq");
            int round = 0;
            while (counter(site, "echogate_page_dropped_total") < 1_500) {
                for (int i = 0; i < many.length; i++) {
                    Member m = site.fleet().at(i);
                    Member next =
                            m.state() == State.UP ? Fleets.frozen(i, m.name(), Fleets.START) : Fleets.up(i, m.name());
                    site.publish(Fleets.with(site.fleet(), next));
                }
                while (at < site.fleet().seq()) {
                    JsonObject change = quick.next("change");
                    assertThat(change.getLong("prev")).as("nothing is missing").isEqualTo(at);
                    at = change.getLong("seq");
                }
                assertThat(++round).as("rounds until all were left behind").isLessThan(500);
            }
            assertThat(caughtUp(slow, at)).as("messages of %s", at).isLessThan((int) at / 2);
            assertThat(never.isConnected() && neither.isConnected()).isTrue();
        }
    }

    private static Socket neverReads(Site site) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.server.port()));
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("""
                        GET /-/api/v1/live HTTP/1.1
                        Host: localhost
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                        """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads until it knows that number, and how many messages that took; a second snapshot must be among them. */
    private static int caughtUp(Socket socket, long to) throws Exception {
        InputStream in = socket.getInputStream();
        skipHead(in);
        int seen = 0;
        int snapshots = 0;
        for (long at = -1; at != to || snapshots < 2; seen++) {
            JsonObject message = frame(in);
            if ("snapshot".equals(message.getString("type"))) {
                snapshots++;
                at = message.getLong("seq");
            } else if ("change".equals(message.getString("type"))) {
                assertThat(message.getLong("prev")).isEqualTo(at);
                at = message.getLong("seq");
            }
        }
        return seen;
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

package io.echogate.relay;

import io.echogate.meter.Metric;

/** What the relay counts beside {@link Metric#REQUESTS}. */
final class Families {
    static final Metric ATTEMPTS =
            Metric.counter("echogate_attempts", "Attempts on members, by how they ended.", "member", "outcome");
    static final Metric RETRIES =
            Metric.counter("echogate_retries", "Requests sent again, by what made it necessary.", "reason");
    static final Metric HEDGES =
            Metric.counter("echogate_hedges", "Second attempts beside slow first ones, by how they ended.", "outcome");
    static final Metric REFUSALS =
            Metric.counter("echogate_refusals", "Answers of the relay's own, by reason.", "reason");
    static final Metric BYTES_UP = Metric.counter(
            "echogate_client_received_bytes", "Bytes received from clients, heads and framing included.");
    static final Metric BYTES_DOWN =
            Metric.counter("echogate_client_sent_bytes", "Bytes sent to clients, heads and framing included.");
    static final Metric IN_FLIGHT = Metric.gauge("echogate_requests_in_flight", "Requests being carried now.");
    static final Metric WAITING =
            Metric.gauge("echogate_requests_waiting", "Requests that wait for a member with room now.");
    static final Metric WAITED =
            Metric.counter("echogate_requests_waited", "Requests that had to wait for a member with room.");
    static final Metric CLIENTS = Metric.gauge("echogate_client_connections", "Client connections open now.");
    static final Metric CROWDED = Metric.counter(
            "echogate_accept_pauses", "Times that no client could be taken in, for want of descriptors or memory.");
    static final Metric CONNECT =
            Metric.histogram("echogate_connect_seconds", "Time to connect to a member.", "member");
    static final Metric FIRST_BYTE = Metric.histogram(
            "echogate_first_byte_seconds", "Time from a request being sent to its answer's first byte.", "member");
    static final Metric TOTAL = Metric.histogram(
            "echogate_request_seconds",
            "Time from a request's head being read to its end, by answering member.",
            "member");
    static final Metric IDLE =
            Metric.gauge("echogate_member_idle_connections", "Kept-alive connections to members.", "member");
    static final Metric REUSED = Metric.counter(
            "echogate_member_connections_reused", "Requests sent on a connection that was kept alive.", "member");
    static final Metric MEMBER_SENT = Metric.counter(
            "echogate_member_sent_bytes", "Bytes sent to members, heads and framing included.", "member");
    static final Metric MEMBER_RECEIVED = Metric.counter(
            "echogate_member_received_bytes", "Bytes received from members, heads and framing included.", "member");
    static final Metric MEMBER_IN_FLIGHT = Metric.gauge(
            "echogate_member_requests_in_flight", "Requests that have a connection to the member now.", "member");
    static final Metric LAG = Metric.histogram(
            "echogate_relay_lag_seconds", "How much later than planned a relay loop came to its clock's tick.");
    static final Metric EVIDENCE_DROPPED = Metric.counter(
            "echogate_evidence_coalesced", "Failures not reported one by one because they came in a burst.");

    private Families() {}
}

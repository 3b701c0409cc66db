package io.echogate.page;

import io.echogate.meter.LoopMeter;
import io.echogate.meter.Meters;
import io.echogate.meter.Metric;
import io.echogate.meter.Tally;

/** What the page counts about itself. Written by the page's loop only. */
final class PageMetrics {
    final Tally viewers;
    final Tally messages;
    final Tally snapshots;
    final Tally dropped;
    final Tally refused;

    PageMetrics(Meters meters) {
        LoopMeter loop = meters.newLoop();
        viewers = loop.tally(Metric.gauge("echogate_page_viewers", "Open live streams."));
        messages = loop.tally(Metric.counter("echogate_page_messages", "Messages handed to live streams."));
        snapshots = loop.tally(Metric.counter("echogate_page_snapshots", "Whole snapshots handed to live streams."));
        dropped = loop.tally(Metric.counter(
                "echogate_page_dropped", "Messages not handed to a live stream because it was too slow."));
        refused = loop.tally(
                Metric.counter("echogate_page_refused", "Live streams refused: another origin, or too many viewers."));
    }
}

/**
 * The live page, its JSON and WebSocket, and the metrics as Prometheus text, on Vert.x. Reads published snapshots and
 * counters; changes nothing. Vert.x types stay in here.
 */
@NullMarked
package io.echogate.page;

import org.jspecify.annotations.NullMarked;

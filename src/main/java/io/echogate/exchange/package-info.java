/** One proxied exchange as a state machine: bytes and events in, bytes and actions out, failover included. Knows no socket, no clock and no logger. */
@NullMarked
package io.echogate.exchange;

import org.jspecify.annotations.NullMarked;

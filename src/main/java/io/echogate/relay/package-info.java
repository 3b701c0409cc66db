/** Binds exchanges to event loops: accepts clients, pools connections to members, keeps time and limits, counts. */
@NullMarked
package io.echogate.relay;

import org.jspecify.annotations.NullMarked;

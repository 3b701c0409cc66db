/** Event loops, sockets and ICMP sockets through {@code java.lang.foreign}. Knows no HTTP. */
@NullMarked
package io.echogate.net;

import org.jspecify.annotations.NullMarked;

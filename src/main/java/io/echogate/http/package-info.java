/** Bytes to HTTP/1.1 heads and framing, and nothing else: strict as RFC 9112 wants it, without an object per header, without sockets. */
@NullMarked
package io.echogate.http;

import org.jspecify.annotations.NullMarked;

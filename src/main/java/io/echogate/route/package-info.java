/** Which member gets a request, and whether a failed one is sent again. Pure: no socket, no clock, no logger. */
@NullMarked
package io.echogate.route;

import org.jspecify.annotations.NullMarked;

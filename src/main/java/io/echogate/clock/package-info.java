/** The only source of time and chance. Everything else takes them as arguments or through {@link io.echogate.clock.Clock}. */
@NullMarked
package io.echogate.clock;

import org.jspecify.annotations.NullMarked;

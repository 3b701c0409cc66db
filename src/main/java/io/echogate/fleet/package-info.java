/** The one writer: commands in, a new snapshot and events out. */
@NullMarked
package io.echogate.fleet;

import org.jspecify.annotations.NullMarked;

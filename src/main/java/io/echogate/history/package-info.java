/** Remembers what happened: recordings of all that the fleet's writer took in and published. */
@NullMarked
package io.echogate.history;

import org.jspecify.annotations.NullMarked;

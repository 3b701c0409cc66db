/** Counters and histograms: one writer each, one set per event loop, added up when somebody reads them from outside. */
@NullMarked
package io.echogate.meter;

import org.jspecify.annotations.NullMarked;

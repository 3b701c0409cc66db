/** Measurements beside peers, run by the scripts in {@code bench/}; no tests. */
@NullMarked
package io.echogate.bench;

import org.jspecify.annotations.NullMarked;

/** Broken input by the million: a kept corpus, a seeded mutator, and what must hold whatever comes. Run by {@code ./bench/fuzz}. */
@NullMarked
package io.echogate.fuzz;

import org.jspecify.annotations.NullMarked;

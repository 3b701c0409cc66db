/** Asks members one question at a time and paces the asking. What comes back is an {@code Echo}; judging is not done here. */
@NullMarked
package io.echogate.probe;

import org.jspecify.annotations.NullMarked;

/** The reference machine service: what stands on the machines that a monitor watches. */
@NullMarked
package io.echogate.machine;

import org.jspecify.annotations.NullMarked;

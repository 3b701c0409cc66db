/**
 * The lab: real hosts made of network namespaces, real processes in them, real faults. Tagged {@code lab}; needs root on
 * Linux. Nothing of it exists in the outer network, so no packet can leave this machine.
 */
@NullMarked
package io.echogate.lab;

import org.jspecify.annotations.NullMarked;

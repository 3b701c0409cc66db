/** Main, command line, wiring, shutdown order. Nothing imports it. */
@NullMarked
package io.echogate.app;

import org.jspecify.annotations.NullMarked;

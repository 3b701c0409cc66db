/** The words of Echogate as data: members, echoes, verdicts, the fleet, commands and events. No behaviour that needs a clock, a thread or a socket. */
@NullMarked
package io.echogate.model;

import org.jspecify.annotations.NullMarked;

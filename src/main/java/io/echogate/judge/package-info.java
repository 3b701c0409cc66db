/** Pure: state × echo × rule → verdict, who is in rotation, and the computed worst case. No clock, no thread, no input or output. */
@NullMarked
package io.echogate.judge;

import org.jspecify.annotations.NullMarked;

/** A YAML file becomes immutable records, or the list of everything that is wrong with it. */
@NullMarked
package io.echogate.config;

import org.jspecify.annotations.NullMarked;

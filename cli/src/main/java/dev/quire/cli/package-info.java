/** The command {@code quire}: data to standard output, everything else to standard error. */
@NullMarked
package dev.quire.cli;

import org.jspecify.annotations.NullMarked;

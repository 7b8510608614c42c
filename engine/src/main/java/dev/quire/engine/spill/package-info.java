/** The port for rows that do not fit in the heap. It names no class of a library. */
@NullMarked
package dev.quire.engine.spill;

import org.jspecify.annotations.NullMarked;

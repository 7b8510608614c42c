/** {@code quire.yaml}: reading, references, faults with their line. */
@NullMarked
package dev.quire.engine.config;

import org.jspecify.annotations.NullMarked;

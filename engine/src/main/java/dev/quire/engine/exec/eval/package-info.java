/**
 * Expressions of a plan as small trees of functions over rows, without generated code. Values are
 * of the classes that {@link dev.quire.spi.DataType.Kind} names; intervals are a {@link Long} of
 * months or of nanoseconds.
 */
@NullMarked
package dev.quire.engine.exec.eval;

import org.jspecify.annotations.NullMarked;

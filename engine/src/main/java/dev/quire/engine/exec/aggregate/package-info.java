/** Aggregate functions over values that keep their exact classes. */
@NullMarked
package dev.quire.engine.exec.aggregate;

import org.jspecify.annotations.NullMarked;

/** An in-memory source with adjustable pushdown, for tests of planning and execution. */
@NullMarked
package dev.quire.engine.fake;

import org.jspecify.annotations.NullMarked;

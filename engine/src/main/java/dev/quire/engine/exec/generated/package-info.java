/**
 * What the executor lacks, done by Calcite's enumerable convention, which compiles Java while it
 * runs. Loaded only when it is needed. Its values are coarser than ours: a time that is finer than
 * a millisecond is refused, not rounded.
 */
@NullMarked
package dev.quire.engine.exec.generated;

import org.jspecify.annotations.NullMarked;

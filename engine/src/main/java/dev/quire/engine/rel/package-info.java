/**
 * The nodes of a plan that Calcite does not have: scans of remote tables, and joins that look keys
 * up.
 */
@NullMarked
package dev.quire.engine.rel;

import org.jspecify.annotations.NullMarked;

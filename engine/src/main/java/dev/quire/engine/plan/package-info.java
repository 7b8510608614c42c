/**
 * SQL text to a plan whose leaves are scans with their accepted pushdown. Calcite's front end and
 * our rules.
 */
@NullMarked
package dev.quire.engine.plan;

import org.jspecify.annotations.NullMarked;

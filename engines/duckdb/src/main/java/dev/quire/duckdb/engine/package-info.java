/** Rows that do not fit in the heap, in DuckDB. Loads DuckDB when the first such row comes. */
@NullMarked
package dev.quire.duckdb.engine;

import org.jspecify.annotations.NullMarked;

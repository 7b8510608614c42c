/** DuckDB in this process: databases that clean up, its faults, and values to and from it. */
@NullMarked
package dev.quire.duckdb;

import org.jspecify.annotations.NullMarked;

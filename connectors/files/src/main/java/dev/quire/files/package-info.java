/**
 * Files of this machine as tables, and results that are kept on it; DuckDB reads and writes them.
 */
@NullMarked
package dev.quire.files;

import org.jspecify.annotations.NullMarked;

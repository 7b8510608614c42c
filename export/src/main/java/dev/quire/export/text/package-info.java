/** Rows as CSV, JSON and JSON lines, each written row by row. */
@NullMarked
package dev.quire.export.text;

import org.jspecify.annotations.NullMarked;

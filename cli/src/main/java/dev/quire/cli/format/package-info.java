/** Rows as a table for people, CSV, JSON and JSON lines; each written row by row. */
@NullMarked
package dev.quire.cli.format;

import org.jspecify.annotations.NullMarked;

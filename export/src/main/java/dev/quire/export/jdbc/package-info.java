/** Rows into a table of a database, together with the place where they stop. */
@NullMarked
package dev.quire.export.jdbc;

import org.jspecify.annotations.NullMarked;

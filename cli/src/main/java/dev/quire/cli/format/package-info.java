/** Rows as a table for people, and the choice between that and the formats for programs. */
@NullMarked
package dev.quire.cli.format;

import org.jspecify.annotations.NullMarked;

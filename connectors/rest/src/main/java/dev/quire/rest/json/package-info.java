/** Answers read as streams: rows, and the values that steer paging. */
@NullMarked
package dev.quire.rest.json;

import org.jspecify.annotations.NullMarked;

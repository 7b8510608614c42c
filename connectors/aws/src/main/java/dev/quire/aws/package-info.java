/** AWS: every operation that pages is a table. */
@NullMarked
package dev.quire.aws;

import org.jspecify.annotations.NullMarked;

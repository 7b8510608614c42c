/** What people write for an output, and the destination that it means. */
@NullMarked
package dev.quire.export.output;

import org.jspecify.annotations.NullMarked;

/**
 * AWS operations as tables: which tables there are, what columns they have, and what of a scan goes
 * into requests. Sends nothing.
 */
@NullMarked
package dev.quire.aws.table;

import org.jspecify.annotations.NullMarked;

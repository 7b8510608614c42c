/**
 * SQL text to rows: configuration, planning, execution, accounting. Knows no connector; finds them
 * with {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.quire.engine;

import org.jspecify.annotations.NullMarked;

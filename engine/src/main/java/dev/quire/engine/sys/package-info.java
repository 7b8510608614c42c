/**
 * The built-in source {@code sys}: what is configured, what its tables and columns are, and what
 * this process has asked and run.
 */
@NullMarked
package dev.quire.engine.sys;

import org.jspecify.annotations.NullMarked;

/**
 * Statements into files and databases that survive: what was committed is durable, how far it goes
 * stands in a checkpoint, and another run goes on from there.
 */
@NullMarked
package dev.quire.export;

import org.jspecify.annotations.NullMarked;

/** Microbenchmarks of what every row goes through; {@code benchmark/micro} runs them. */
@NullMarked
package dev.quire.benchmark;

import org.jspecify.annotations.NullMarked;

/** Budgets of a day, which processes share through files. */
@NullMarked
package dev.quire.engine.budget;

import org.jspecify.annotations.NullMarked;

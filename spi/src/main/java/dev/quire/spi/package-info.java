/**
 * What a connector provides, and what it is lent: sources, tables, scans, pages, errors. Depends on
 * the JDK and JSpecify alone. The page is the unit of everything: of attempts, budgets,
 * checkpoints, rate limiting and log lines.
 */
@NullMarked
package dev.quire.spi;

import org.jspecify.annotations.NullMarked;

/**
 * The one loop over pages: fetch, check progress, spend budget, remember where. Without SQL, so
 * that the adapters for other engines use the same loop.
 */
@NullMarked
package dev.quire.chain;

import org.jspecify.annotations.NullMarked;

/** Where the pages of scans begin, kept for later statements. */
@NullMarked
package dev.quire.engine.pages;

import org.jspecify.annotations.NullMarked;

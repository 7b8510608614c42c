/** Dataverse's own query language: its text, and the columns that a query gives. */
@NullMarked
package dev.quire.odata.fetchxml;

import org.jspecify.annotations.NullMarked;

/**
 * OData services as sources: tables from the metadata document, scans as requests, pages as rows.
 */
@NullMarked
package dev.quire.odata;

import org.jspecify.annotations.NullMarked;

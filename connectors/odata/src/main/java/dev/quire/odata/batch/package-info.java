/** Requests inside of requests: OData's {@code $batch}, for what is too long for a GET. */
@NullMarked
package dev.quire.odata.batch;

import org.jspecify.annotations.NullMarked;

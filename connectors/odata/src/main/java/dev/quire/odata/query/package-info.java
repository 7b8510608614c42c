/** Conditions, orders and names in OData's URL language, and how far they mean what SQL means. */
@NullMarked
package dev.quire.odata.query;

import org.jspecify.annotations.NullMarked;

/** OData JSON to rows, one pass over the bytes as they arrive. */
@NullMarked
package dev.quire.odata.json;

import org.jspecify.annotations.NullMarked;

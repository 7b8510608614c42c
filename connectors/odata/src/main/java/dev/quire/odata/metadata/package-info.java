/** The metadata document (CSDL XML) and the tables that it describes. */
@NullMarked
package dev.quire.odata.metadata;

import org.jspecify.annotations.NullMarked;

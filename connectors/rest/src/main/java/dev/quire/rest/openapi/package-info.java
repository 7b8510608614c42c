/** Makes a spec from an OpenAPI 3 document. */
@NullMarked
package dev.quire.rest.openapi;

import org.jspecify.annotations.NullMarked;

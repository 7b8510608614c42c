/** How an API is asked what it looks like, and the spec that comes of it. */
@NullMarked
package dev.quire.rest.probe;

import org.jspecify.annotations.NullMarked;

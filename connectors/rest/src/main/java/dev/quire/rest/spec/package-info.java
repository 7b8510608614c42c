/** What a spec file says, and how it is read. */
@NullMarked
package dev.quire.rest.spec;

import org.jspecify.annotations.NullMarked;

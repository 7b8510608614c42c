/** The paging styles: from an answer to the place of the next page. */
@NullMarked
package dev.quire.rest.paging;

import org.jspecify.annotations.NullMarked;

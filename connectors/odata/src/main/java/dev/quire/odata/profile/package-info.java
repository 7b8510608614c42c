/** What services of one vendor do differently, as data. */
@NullMarked
package dev.quire.odata.profile;

import org.jspecify.annotations.NullMarked;

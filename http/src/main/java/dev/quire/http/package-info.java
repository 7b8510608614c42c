/**
 * The one HTTP door: authentication, attempts with back-off, an adaptive limit per origin, the
 * origin rule, decoding with a limit, redaction. No other module speaks HTTP.
 */
@NullMarked
package dev.quire.http;

import org.jspecify.annotations.NullMarked;

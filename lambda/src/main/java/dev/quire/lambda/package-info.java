/** Exports in AWS Lambda, over as many invocations as they take. */
@NullMarked
package dev.quire.lambda;

import org.jspecify.annotations.NullMarked;

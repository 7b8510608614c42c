/**
 * What a connector is tested with: an HTTP server that does as it is told, time that passes on
 * demand, and the conformance suite that every connector extends.
 */
@NullMarked
package dev.quire.testkit;

import org.jspecify.annotations.NullMarked;

/**
 * AWS's protocols: requests out of members' values, and rows and tokens out of answers while they
 * arrive. Knows shapes, and no tables.
 */
@NullMarked
package dev.quire.aws.wire;

import org.jspecify.annotations.NullMarked;

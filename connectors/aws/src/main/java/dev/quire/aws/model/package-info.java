/**
 * What is known of an AWS service: its protocol, the operations that page, how they page, and the
 * shapes of what they take and give. Immutable values without behaviour on the wire.
 */
@NullMarked
package dev.quire.aws.model;

import org.jspecify.annotations.NullMarked;

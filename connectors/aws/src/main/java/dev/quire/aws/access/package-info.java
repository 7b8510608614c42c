/**
 * Who asks AWS and where: credentials, signatures, regions and endpoints, out of the AWS SDK's own
 * small modules, which are loaded when first needed.
 */
@NullMarked
package dev.quire.aws.access;

import org.jspecify.annotations.NullMarked;

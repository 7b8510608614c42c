/**
 * The catalogue of AWS operations that page: made from the models of botocore, with what AWS did
 * not write down inferred and corrected, in one compact file, and read service by service.
 */
@NullMarked
package dev.quire.aws.catalogue;

import org.jspecify.annotations.NullMarked;

/**
 * An embedded server that behaves as Dataverse's Web API does, over made-up accounts, contacts and
 * opportunities. For demonstrations and tests; JDK only.
 */
@NullMarked
package dev.quire.sample;

import org.jspecify.annotations.NullMarked;

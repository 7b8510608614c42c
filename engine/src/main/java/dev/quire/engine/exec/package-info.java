/** A plan to rows: the streaming operators, and the port for work that they do not do. */
@NullMarked
package dev.quire.engine.exec;

import org.jspecify.annotations.NullMarked;

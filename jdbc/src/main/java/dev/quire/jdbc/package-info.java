/** The JDBC driver: {@code jdbc:quire:}. */
@NullMarked
package dev.quire.jdbc;

import org.jspecify.annotations.NullMarked;

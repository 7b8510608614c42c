package dev.quire.rest.spec;

import dev.quire.spi.Expression.Function;
import java.util.Optional;

/**
 * A condition that the API can be asked for: {@code column operator value}. Immutable.
 *
 * @param operator EQ, LT, LE, GT, GE or CONTAINS
 * @param exact whether the API means what SQL means; else its rows are checked again
 * @param separator between several values of an EQ in one request; empty if each value needs a
 *     request of its own
 */
public record FilterSpec(
    String column, Function operator, Place place, boolean exact, Optional<String> separator) {}

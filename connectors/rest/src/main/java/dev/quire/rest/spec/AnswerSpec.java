package dev.quire.rest.spec;

import java.util.Optional;

/**
 * What an answer of a table looks like. Immutable.
 *
 * @param rows where its rows are
 * @param total where it says how many rows there are in all
 * @param equalPages whether two pages in a row may be equal, row by row; else it is an error
 */
public record AnswerSpec(
    Format format, Rows rows, Optional<Signal> total, ErrorSpec errors, boolean equalPages) {}

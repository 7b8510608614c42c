package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.chain.Wait;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a statement is. Immutable.
 *
 * @param rowsRead rows that its scans have got from the sources so far
 * @param share of the rows that are read, above 0 and up to 1; empty where nobody knows how many
 *     there will be
 * @param waiting what it waits for now
 */
public record Progress(Costs costs, long rowsRead, OptionalDouble share, Optional<Wait> waiting) {}

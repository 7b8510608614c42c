package dev.quire.engine;

import dev.quire.spi.DataType;

/** One column of a result. */
public record ResultColumn(String name, DataType type, boolean nullable) {}

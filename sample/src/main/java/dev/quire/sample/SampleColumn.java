package dev.quire.sample;

import org.jspecify.annotations.Nullable;

/**
 * One property of an entity type. Immutable.
 *
 * @param description for people, in {@code $metadata}; empty for none
 * @param value the value of a row, of the class that {@link EdmType} names
 */
record SampleColumn(
    String name, EdmType type, boolean nullable, String description, ValueAt value) {

  /** Computes a value from a row number; always the same one. */
  interface ValueAt {
    @Nullable Object at(long row);
  }

  static SampleColumn required(String name, EdmType type, String description, ValueAt value) {
    return new SampleColumn(name, type, false, description, value);
  }

  static SampleColumn optional(String name, EdmType type, String description, ValueAt value) {
    return new SampleColumn(name, type, true, description, value);
  }

  /** A column of money drags the currency's lookup into each answer, as in Dataverse. */
  boolean isMoney() {
    return type == EdmType.DECIMAL;
  }

  /** The lookup of a row of another table. */
  boolean isLookup() {
    return name.startsWith("_") && name.endsWith("_value");
  }
}

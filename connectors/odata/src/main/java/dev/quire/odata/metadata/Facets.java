package dev.quire.odata.metadata;

import dev.quire.spi.DataType;

/**
 * What a property says of its type beyond the name; {@link DataType#UNKNOWN} where it says nothing
 * or nonsense. Immutable.
 *
 * @param scale digits after the point. The specification reads an absent scale as 0, but services
 *     that leave it out send fractions, so absent is unknown here
 */
record Facets(int maxLength, int precision, int scale) {
  static final Facets NONE = new Facets(DataType.UNKNOWN, DataType.UNKNOWN, DataType.UNKNOWN);

  static Facets of(XmlCursor element) {
    int maxLength = number(element.orElse("MaxLength", ""));
    int precision = number(element.orElse("Precision", ""));
    int scale = number(element.orElse("Scale", ""));
    boolean none =
        maxLength == DataType.UNKNOWN && precision == DataType.UNKNOWN && scale == DataType.UNKNOWN;
    return none ? NONE : new Facets(maxLength, precision, scale);
  }

  /** {@code max}, {@code variable}, {@code floating} and nonsense are unknown. */
  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(Character::isDigit)) {
      return DataType.UNKNOWN;
    }
    return Integer.parseInt(text);
  }

  /** A scale above the precision is nonsense. */
  int decimalScale() {
    return precision == DataType.UNKNOWN || scale > precision ? DataType.UNKNOWN : scale;
  }

  /** These, filled up with what the definition of the type says. */
  Facets or(Facets definition) {
    return new Facets(
        maxLength == DataType.UNKNOWN ? definition.maxLength : maxLength,
        precision == DataType.UNKNOWN ? definition.precision : precision,
        scale == DataType.UNKNOWN ? definition.scale : scale);
  }
}

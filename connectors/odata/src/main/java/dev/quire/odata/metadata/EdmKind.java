package dev.quire.odata.metadata;

import dev.quire.spi.DataType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a property's values are, as far as reading and comparing them needs to know. Types are those
 * of OData CSDL 4.01, section 3.3, and those that only older versions have. Immutable.
 */
public enum EdmKind {
  BINARY("Edm.Binary"),
  BOOLEAN("Edm.Boolean"),
  /** 0 to 255 */
  BYTE("Edm.Byte"),
  /** -128 to 127 */
  SBYTE("Edm.SByte"),
  INT16("Edm.Int16"),
  INT32("Edm.Int32"),
  INT64("Edm.Int64"),
  DECIMAL("Edm.Decimal"),
  SINGLE("Edm.Single"),
  DOUBLE("Edm.Double"),
  STRING("Edm.String"),
  GUID("Edm.Guid"),
  DATE("Edm.Date"),
  TIME_OF_DAY("Edm.TimeOfDay"),
  DATE_TIME_OFFSET("Edm.DateTimeOffset"),
  /** date and time of day without an offset, up to version 3 */
  DATE_TIME("Edm.DateTime"),
  /** a time of day up to version 3, written as the duration since midnight */
  TIME("Edm.Time"),
  /** as its ISO 8601 text */
  DURATION("Edm.Duration"),
  /** not in the JSON of a row: a media resource of its own */
  STREAM("Edm.Stream"),
  /** a member's name */
  ENUM(""),
  /** anything structured, repeated or unknown: as JSON text */
  STRUCTURE("");

  private static final Map<String, EdmKind> BY_NAME = byName();
  private final String typeName;

  EdmKind(String typeName) {
    this.typeName = typeName;
  }

  private static Map<String, EdmKind> byName() {
    Map<String, EdmKind> map = new TreeMap<>();
    for (EdmKind kind : values()) {
      if (!kind.typeName.isEmpty()) {
        map.put(kind.typeName, kind);
      }
    }
    return map;
  }

  /** The kind of a type in the namespace {@code Edm}; empty for every other type. */
  public static Optional<EdmKind> ofPrimitive(String typeName) {
    EdmKind known = BY_NAME.get(typeName);
    if (known != null) {
      return Optional.of(known);
    }
    // Geography, Geometry, Untyped, PrimitiveType and what later versions add
    return typeName.startsWith("Edm.") ? Optional.of(STRUCTURE) : Optional.empty();
  }

  /** The SQL type of such a property. */
  DataType dataType(Facets facets) {
    return switch (this) {
      case BOOLEAN -> DataType.BOOLEAN;
      case BYTE, SBYTE, INT16 -> DataType.SMALLINT;
      case INT32 -> DataType.INTEGER;
      case INT64 -> DataType.BIGINT;
      case SINGLE -> DataType.REAL;
      case DOUBLE -> DataType.DOUBLE;
      case DECIMAL -> DataType.decimal(facets.precision(), facets.decimalScale());
      case STRING -> DataType.varchar(facets.maxLength());
      case BINARY -> new DataType(DataType.Kind.VARBINARY, facets.maxLength(), 0);
      case GUID -> DataType.UUID;
      case DATE -> DataType.DATE;
      case TIME_OF_DAY, TIME -> new DataType(DataType.Kind.TIME, facets.precision(), 0);
      case DATE_TIME_OFFSET -> new DataType(DataType.Kind.TIMESTAMP_TZ, facets.precision(), 0);
      case DATE_TIME -> new DataType(DataType.Kind.TIMESTAMP, facets.precision(), 0);
      case DURATION, ENUM, STREAM -> DataType.VARCHAR;
      case STRUCTURE -> DataType.JSON;
    };
  }

  /** For messages: {@code int64}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

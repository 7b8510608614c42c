package dev.quire.export.jdbc;

import dev.quire.spi.DataType;
import java.util.Locale;

/** What columns are called in the databases that differ. */
enum TableTypes {
  POSTGRESQL("postgresql"),
  H2("h2"),
  MYSQL("mysql"),
  MARIADB("mariadb"),
  SQL_SERVER("microsoft sql server"),
  ORACLE("oracle"),
  SQLITE("sqlite"),
  DUCKDB("duckdb"),
  OTHER("");

  private static final int MOST_DIGITS = 38;
  private static final int USUAL_SCALE = 10;

  private final String product;

  TableTypes(String product) {
    this.product = product;
  }

  /** By what the database calls itself. */
  static TableTypes of(String productName) {
    String name = productName.toLowerCase(Locale.ROOT);
    for (TableTypes each : values()) {
      if (name.startsWith(each.product)) {
        return each;
      }
    }
    return OTHER;
  }

  /** A text without a greatest length. */
  String text() {
    return switch (this) {
      case POSTGRESQL, SQLITE, DUCKDB -> "TEXT";
      case H2 -> "VARCHAR";
      case MYSQL, MARIADB -> "LONGTEXT";
      case SQL_SERVER -> "NVARCHAR(MAX)";
      case ORACLE, OTHER -> "CLOB";
    };
  }

  /** A text that can be a key. */
  String key() {
    return switch (this) {
      case SQL_SERVER -> "NVARCHAR(200)";
      case ORACLE -> "VARCHAR2(200)";
      default -> "VARCHAR(200)";
    };
  }

  String number() {
    return this == ORACLE ? "NUMBER(19)" : "BIGINT";
  }

  /** The type of a column that holds every value of a type. */
  String of(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> bool();
      case SMALLINT -> "SMALLINT";
      case INTEGER -> "INTEGER";
      case BIGINT -> number();
      case REAL -> "REAL";
      case DOUBLE ->
          this == MYSQL || this == MARIADB || this == DUCKDB ? "DOUBLE" : "DOUBLE PRECISION";
      case DECIMAL -> decimal(type);
      case VARCHAR -> text();
      case JSON -> json();
      case VARBINARY -> bytes();
      case DATE -> "DATE";
      case TIME -> this == ORACLE ? "VARCHAR2(18)" : "TIME";
      case TIMESTAMP -> this == MYSQL || this == MARIADB ? "DATETIME(6)" : timestamp();
      case TIMESTAMP_TZ -> moment();
      case UUID -> this == SQL_SERVER ? "UNIQUEIDENTIFIER" : uuid();
    };
  }

  private String bool() {
    return switch (this) {
      case SQL_SERVER -> "BIT";
      case ORACLE -> "NUMBER(1)";
      default -> "BOOLEAN";
    };
  }

  /** PostgreSQL's NUMERIC alone has no bounds; elsewhere a value that does not fit is an error. */
  private String decimal(DataType type) {
    boolean known = type.precision() != DataType.UNKNOWN && type.scale() != DataType.UNKNOWN;
    if (known) {
      return "DECIMAL(" + type.precision() + ", " + type.scale() + ")";
    }
    return this == POSTGRESQL ? "NUMERIC" : "DECIMAL(" + MOST_DIGITS + ", " + USUAL_SCALE + ")";
  }

  private String json() {
    return switch (this) {
      case POSTGRESQL -> "JSONB";
      case MYSQL, DUCKDB -> "JSON";
      default -> text();
    };
  }

  private String bytes() {
    return switch (this) {
      case POSTGRESQL -> "BYTEA";
      case H2 -> "VARBINARY";
      case MYSQL, MARIADB -> "LONGBLOB";
      case SQL_SERVER -> "VARBINARY(MAX)";
      default -> "BLOB";
    };
  }

  private String timestamp() {
    return this == SQL_SERVER ? "DATETIME2(7)" : "TIMESTAMP";
  }

  private String moment() {
    return switch (this) {
      case SQL_SERVER -> "DATETIMEOFFSET(7)";
      case MYSQL, MARIADB -> "DATETIME(6)";
      default -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  private String uuid() {
    return switch (this) {
      case POSTGRESQL, H2, DUCKDB, MARIADB -> "UUID";
      default -> "CHAR(36)";
    };
  }

  /** Whether its driver takes UUIDs as such. */
  boolean takesUuids() {
    return this == POSTGRESQL || this == H2 || this == DUCKDB;
  }
}

package dev.quire.sample;

/** The primitive types of the sample data and the Java classes of their values. */
enum EdmType {
  /** {@link java.util.UUID}. */
  GUID("Edm.Guid"),
  /** {@link String}. */
  STRING("Edm.String"),
  /** {@link Long}. */
  INT32("Edm.Int32"),
  /** {@link Long}. */
  INT64("Edm.Int64"),
  /** {@link java.math.BigDecimal}. */
  DECIMAL("Edm.Decimal"),
  /** {@link Boolean}. */
  BOOLEAN("Edm.Boolean"),
  /** {@link java.time.LocalDate}. */
  DATE("Edm.Date"),
  /** {@link java.time.Instant}. */
  DATE_TIME_OFFSET("Edm.DateTimeOffset");

  private final String edmName;

  EdmType(String edmName) {
    this.edmName = edmName;
  }

  String edmName() {
    return edmName;
  }

  boolean isNumber() {
    return this == INT32 || this == INT64 || this == DECIMAL;
  }
}

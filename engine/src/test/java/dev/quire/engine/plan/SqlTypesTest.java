package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.rel.QuireTypeFactory;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SqlTypesTest {
  private final Sample sample = new Sample();

  @ParameterizedTest
  @EnumSource(DataType.Kind.class)
  void every_type_comes_back_as_it_went(DataType.Kind kind) {
    DataType type = kind == DataType.Kind.DECIMAL ? DataType.DECIMAL : DataType.of(kind);
    DataType expected = kind == DataType.Kind.JSON ? DataType.VARCHAR : type;
    assertThat(SqlTypes.toDataType(SqlTypes.toSql(type, true, new QuireTypeFactory())))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SUM(statecode)             | BIGINT",
        "SUM(employees)             | DECIMAL(38, 0)",
        "SUM(revenue)               | DECIMAL",
        "AVG(statecode)             | DOUBLE",
        "AVG(revenue)               | DECIMAL",
        "COUNT(*)                   | BIGINT",
        "MAX(createdon)             | TIMESTAMP WITH TIME ZONE",
      })
  void aggregates_have_types_that_hold_their_values(String expression, String type) {
    assertThat(typeOf(expression)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'abc'                                      | VARCHAR(3)",
        "revenue * 1.5                              | DECIMAL",
        "CAST(revenue AS DECIMAL(10, 2))            | DECIMAL(10, 2)",
        "CAST(name AS DECIMAL)                      | DECIMAL",
        "CAST(name AS VARCHAR)                      | VARCHAR",
        "CAST(name AS CHAR(3))                      | VARCHAR(3)",
        "createdon + INTERVAL '1' DAY               | TIMESTAMP WITH TIME ZONE",
        "CURRENT_TIMESTAMP                          | TIMESTAMP WITH TIME ZONE",
        "CURRENT_DATE                               | DATE",
        "COALESCE(createdon, TIMESTAMP '2026-01-01 00:00:00') | TIMESTAMP WITH TIME ZONE",
        "DATE_TRUNC('month', createdon)             | TIMESTAMP WITH TIME ZONE",
        "CASE WHEN active THEN 'a' ELSE 'bcd' END   | VARCHAR(3)",
        "NULL                                       | VARCHAR",
        "accountid                                  | UUID",
        "extra                                      | JSON",
        "UPPER(extra)                               | VARCHAR",
      })
  void expressions_keep_what_their_values_have(String expression, String type) {
    assertThat(typeOf(expression)).isEqualTo(type);
  }

  @Test
  void digits_of_an_unbounded_decimal_are_not_named() {
    assertThat(SqlTypes.isUnbounded(SqlTypes.toSql(DataType.DECIMAL, true, new QuireTypeFactory())))
        .isTrue();
  }

  private String typeOf(String expression) {
    return sample
        .plan("SELECT " + expression + " FROM crm.accounts")
        .columns()
        .get(0)
        .type()
        .sqlName();
  }
}

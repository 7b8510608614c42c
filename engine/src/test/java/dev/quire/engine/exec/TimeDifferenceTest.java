package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeDifferenceTest {
  private static final LocalDateTime FINE = LocalDateTime.of(2024, 1, 1, 0, 0, 0, 123_456_789);
  private final Sql sql =
      new Sql(
          FakeTable.of(
              "t",
              List.of(
                  Column.of("ts", DataType.TIMESTAMP),
                  Column.of("m", DataType.TIMESTAMP_TZ),
                  Column.of("d", DataType.DATE)),
              List.<Object[]>of(
                  new Object[] {
                    FINE, FINE.plusDays(40).toInstant(ZoneOffset.UTC), FINE.toLocalDate()
                  }),
              1));

  private Object value(String expression) {
    return sql.rows("SELECT " + expression + " FROM s.t").get(0).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "NANOSECOND, 3456000000000000",
    "MICROSECOND, 3456000000000",
    "MILLISECOND, 3456000000",
    "SECOND, 3456000",
    "MINUTE, 57600",
    "HOUR, 960",
    "DAY, 40",
    "WEEK, 5",
    "MONTH, 1",
    "QUARTER, 0",
    "YEAR, 0"
  })
  void timestampdiff_counts_whole_units(String unit, long expected) {
    assertThat(value("TIMESTAMPDIFF(" + unit + ", ts, m)")).isEqualTo(expected);
    assertThat(value("TIMESTAMPDIFF(" + unit + ", m, ts)")).isEqualTo(-expected);
  }

  @ParameterizedTest
  @CsvSource({"NANOSECOND, 123456789", "MICROSECOND, 123456", "MILLISECOND, 123", "SECOND, 0"})
  void timestampdiff_keeps_the_fraction_of_a_second(String unit, long expected) {
    assertThat(value("TIMESTAMPDIFF(" + unit + ", d, ts)")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "m - ts = INTERVAL '40' DAY ~ true",
        "ts - d > INTERVAL '0.123' SECOND ~ true",
        "ts - d > INTERVAL '0.124' SECOND ~ false",
        "d - m < INTERVAL '0' DAY ~ true",
        "TIME '10:00:00' - TIME '09:30:00' = INTERVAL '30' MINUTE ~ true",
        "EXTRACT(DAY FROM m - ts) ~ 40",
        "EXTRACT(MICROSECOND FROM ts - d) ~ 123456",
        "ts + (m - ts) = m ~ true",
        "MAX(ts - d) > INTERVAL '0' SECOND ~ true",
        "ts - INTERVAL '1' DAY ~ 2023-12-31T00:00:00.123456789",
        "5 - 3 ~ 2"
      })
  void minus_between_two_times_is_an_interval(String expression, String expected) {
    assertThat(value(expression)).hasToString(expected);
  }

  @Test
  void an_interval_as_a_result_is_refused_with_the_way_to_a_number() {
    assertThatThrownBy(() -> value("m - ts"))
        .hasMessageContaining("INTERVAL DAY")
        .hasMessageContaining("TIMESTAMPDIFF(SECOND, sooner, later)");
  }

  @Test
  void a_time_of_day_and_a_date_have_no_difference() {
    assertThatThrownBy(() -> value("TIME '10:00:00' - d > INTERVAL '1' DAY"))
        .hasMessageContaining("Cannot apply '-'");
  }

  @Test
  void an_interval_that_is_finer_than_can_be_written_is_refused_and_never_cut() {
    assertThatThrownBy(() -> value("ts + INTERVAL '0.000001' SECOND"))
        .hasMessageContaining("line 1, column 13")
        .hasMessageContaining("TIMESTAMPADD(MICROSECOND");
    assertThat(value("TIMESTAMPADD(MICROSECOND, 1, ts)")).isEqualTo(FINE.plusNanos(1_000));
  }
}

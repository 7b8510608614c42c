package dev.quire.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.model.TimestampFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 1970-01-01T00:00:01.5Z",
        "-1.5 | 1969-12-31T23:59:58.5Z",
        "1730419200 | 2024-11-01T00:00:00Z",
        "1.7304192E9 | 2024-11-01T00:00:00Z",
        "2024-11-01T00:00:00Z | 2024-11-01T00:00:00Z",
        "2024-11-01T00:00:00.123456Z | 2024-11-01T00:00:00.123456Z",
        "2024-11-01T09:00:00+09:00 | 2024-11-01T00:00:00Z",
        "2024-11-01T09:00:00+0900 | 2024-11-01T00:00:00Z",
        "2024-11-01T00:00:00.9269 | 2024-11-01T00:00:00.9269Z",
        "Fri, 01 Nov 2024 00:00:00 GMT | 2024-11-01T00:00:00Z"
      })
  void reads_every_form(String text, Instant moment) {
    assertThat(Moments.parse(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2024-13-01T00:00:00Z", "1e300", "99999999999999"})
  void refuses_what_is_none(String text) {
    assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void writes_every_form() {
    Instant moment = Instant.parse("2024-11-01T00:00:00.5Z");
    assertThat(Moments.text(moment, TimestampFormat.ISO8601)).isEqualTo("2024-11-01T00:00:00.500Z");
    assertThat(Moments.text(moment, TimestampFormat.UNIX)).isEqualTo("1730419200.5");
    assertThat(Moments.text(moment, TimestampFormat.RFC822))
        .isEqualTo("Fri, 01 Nov 2024 00:00:00 GMT");
    assertThat(Moments.seconds(Instant.ofEpochSecond(1000))).isEqualTo(new BigDecimal("1000"));
  }
}

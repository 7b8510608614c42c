package dev.quire.odata.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.00",
        "1.",
        ".5",
        "-.5",
        "007",
        "76539499.6500000000",
        "999999999999999999",
        "9999999999999999999",
        "-999999999999999.999",
        "123456789012345678901234567890.12",
        "1e3",
        "1.5E-7",
        "+4",
        "0.0000000000000000001"
      })
  void reads_decimals_as_java_does_with_their_scale(String text) {
    assertThat(Digits.decimal(text)).isEqualTo(new BigDecimal(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1.2.3", "--1", "1-", "1 ", " 1", "x", "-."})
  void refuses_what_java_refuses(String text) {
    assertThatThrownBy(() -> Digits.decimal(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"g", "-1", "１", "f "})
  void refuses_what_is_no_hexadecimal_digit(String text) {
    assertThatThrownBy(() -> Digits.hex(text, 0, text.length()))
        .isInstanceOf(NumberFormatException.class);
  }
}

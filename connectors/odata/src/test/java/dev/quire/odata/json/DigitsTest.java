package dev.quire.odata.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
  private static @Nullable BigDecimal decimal(String text) {
    return Digits.decimal(("x" + text + "9").toCharArray(), 1, text.length());
  }

  private static @Nullable UUID uuid(String text) {
    return Digits.uuid(("x" + text + "9").toCharArray(), 1, text.length());
  }

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
        "-999999999999999.999"
      })
  void reads_decimals_as_java_does_with_their_scale(String text) {
    assertThat(decimal(text)).isEqualTo(new BigDecimal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "-.",
        "1.2.3",
        "--1",
        "1-",
        "1 ",
        " 1",
        "x",
        "+4",
        "1e3",
        "9999999999999999999",
        "0.0000000000000000001"
      })
  void leaves_what_is_no_number_of_few_digits_to_others(String text) {
    assertThat(decimal(text)).isNull();
  }

  @Test
  void reads_ids_in_either_case() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1_000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertThat(uuid(id.toString())).isEqualTo(id);
      assertThat(uuid(id.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "45568d04-68b6-80c0-6e96-215da805e97",
        "45568d04-68b6-80c0-6e96-215da805e97g",
        "45568d04-68b6-80c0-6e96-215da805e97１",
        "-5568d04-68b6-80c0-6e96-215da805e979",
        "45568d0468b6-80c0-6e96-215da805e9790",
        "{5568d04-68b6-80c0-6e96-215da805e97}"
      })
  void what_is_no_id_is_none(String text) {
    assertThat(uuid(text)).isNull();
  }
}

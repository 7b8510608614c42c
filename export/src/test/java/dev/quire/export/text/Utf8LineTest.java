package dev.quire.export.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8LineTest {
  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        -1,
        -10,
        99,
        100,
        999_999_999_999_999_999L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void writes_whole_numbers_as_java_does(long number) {
    assertThat(written(line -> line.add(number))).isEqualTo(Long.toString(number));
  }

  @Test
  void writes_whole_numbers_of_any_length_as_java_does() {
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(written(line -> line.add(number))).isEqualTo(Long.toString(number));
    }
  }

  @Test
  void writes_decimals_of_few_digits_as_java_does() {
    for (int i = 0; i < 20_000; i++) {
      long digits = random.nextLong() >> random.nextInt(64);
      BigDecimal compact = BigDecimal.valueOf(digits, random.nextInt(24) - 3);
      BigDecimal large = compact.add(BigDecimal.TEN.pow(30)).subtract(BigDecimal.TEN.pow(30));
      for (BigDecimal decimal : List.of(compact, large)) {
        boolean few = decimal.precision() <= 18 && decimal.scale() >= 0 && decimal.scale() <= 18;
        assertThat(written(line -> assertThat(line.add(decimal)).isEqualTo(few)))
            .isEqualTo(few ? decimal.toPlainString() : "");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2000-02-29T12:00:00.100Z",
        "1900-03-01T00:00:00.000001Z",
        "2024-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "0000-02-29T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59Z"
      })
  void writes_moments_as_java_does(String moment) {
    assertThat(written(line -> line.add(Instant.parse(moment)))).isEqualTo(moment);
  }

  @Test
  void writes_any_moment_of_four_digit_years_as_java_does() {
    for (int i = 0; i < 20_000; i++) {
      Instant moment =
          Instant.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000_000));
      assertThat(written(line -> line.add(moment))).isEqualTo(moment.toString());
    }
  }

  @Test
  void writes_every_second_of_a_day_as_java_does() {
    Utf8Line line = new Utf8Line();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int second = 0; second < 86_400; second++) {
      Instant moment = Instant.ofEpochSecond(1_790_000_000L / 86_400 * 86_400 + second);
      line.add(moment);
      assertThat(written(line, out)).isEqualTo(moment.toString());
    }
  }

  @Test
  void writes_days_as_java_does_whichever_came_before() {
    Utf8Line line = new Utf8Line();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      long day = random.nextInt(3) * 512L + random.nextInt(4) - 512;
      Instant moment = Instant.ofEpochSecond(day * 86_400 + random.nextInt(86_400));
      line.add(moment);
      assertThat(written(line, out)).isEqualTo(moment.toString());
    }
  }

  @Test
  void writes_doubles_without_a_fraction_as_java_does() {
    assertThat(List.of(0.0, 1.0, -1.0, 10.0, 9_999_999.0, -9_999_999.0)).allMatch(this::isWritten);
    for (int i = 0; i < 20_000; i++) {
      double number = random.nextInt() >> random.nextInt(32);
      assertThat(isWritten(number)).isEqualTo(Math.abs(number) < 1e7);
    }
    assertThat(List.of(-0.0, 1e7, -1e7, 0.5, 1e300, Double.MIN_VALUE, 1.0000000001, 9_999_999.5))
        .noneMatch(this::isWritten);
    assertThat(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .noneMatch(this::isWritten);
  }

  /** False, and nothing is written, for a number that is not of those. */
  private boolean isWritten(double number) {
    boolean[] is = new boolean[1];
    String written = written(line -> is[0] = line.add(number));
    assertThat(written).isEqualTo(is[0] ? Double.toString(number) : "");
    if (is[0]) {
      assertThat(written).isEqualTo(Float.toString((float) number));
    }
    return is[0];
  }

  @Test
  void writes_ids_as_java_does() {
    for (int i = 0; i < 1_000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertThat(written(line -> line.add(id))).isEqualTo(id.toString());
    }
  }

  @Test
  void grows_with_what_is_added_and_begins_anew_when_written() throws IOException {
    Utf8Line line = new Utf8Line();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String text = "long ".repeat(1_000);
    line.add(text.getBytes(StandardCharsets.UTF_8));
    line.writeTo(out);
    line.add(7);
    line.writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text + "7");
  }

  private static String written(Consumer<Utf8Line> adding) {
    Utf8Line line = new Utf8Line();
    adding.accept(line);
    return written(line, new ByteArrayOutputStream());
  }

  private static String written(Utf8Line line, ByteArrayOutputStream out) {
    out.reset();
    try {
      line.writeTo(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}

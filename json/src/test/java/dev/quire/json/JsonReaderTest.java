package dev.quire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private final JsonReader reader = new JsonReader();

  private JsonReader at(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    reader.open(Values.page(bytes), bytes.length);
    return reader;
  }

  private void assertLeft(String json, String rest) throws UncertainException {
    reader.skip();
    assertThat(json.substring(reader.from(), reader.to()) + rest).isEqualTo(json);
    reader.end();
  }

  @Test
  void reads_rows_of_a_page() throws UncertainException {
    String json =
        "{\"context\":{\"deep\":[1,2]},\"value\":[{\"x\":0,\"id\":7,\"name\":\"Ada\"},"
            + " { \"name\" : null , \"id\" : 8 } ,{}]}\r\n";
    Names names = new Names(List.of("id", "name"));
    StringBuilder seen = new StringBuilder();
    at(json).beginObject();
    for (String name; (name = reader.nextName()) != null; ) {
      if (!name.equals("value")) {
        reader.skip();
        continue;
      }
      reader.beginArray();
      while (reader.hasNext()) {
        reader.beginObject();
        for (int place; (place = reader.next(names)) != JsonReader.END; ) {
          seen.append(place).append('=');
          seen.append(reader.tryNull() ? "null" : reader.peek() == '"' ? reader.text() : number());
          seen.append(' ');
        }
        seen.append("| ");
      }
    }
    reader.end();
    assertThat(seen).hasToString("0=7 1=Ada | 1=null 0=8 | | ");
  }

  private String number() {
    assertThat(reader.tryNumber()).isTrue();
    return reader.decimal().toString();
  }

  @Test
  void bytes_behind_the_page_are_not_read() throws UncertainException {
    byte[] array = "[1]\0,2]} \"".getBytes(StandardCharsets.UTF_8);
    reader.open(array, 3);
    reader.skip();
    reader.end();
    array[2] = 0;
    reader.open(array, 2);
    assertThatThrownBy(reader::skip).isInstanceOf(UncertainException.class);
    assertThatThrownBy(() -> reader.open(array, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "{a:1}",
        "",
        "{\"a\":01}",
        "{\"a\":nulL}",
        "{\"a\":1}x",
        "\u0000",
        "{\"a\":\"\n\"}",
        "[1]",
        "{\"\\u0061\":1}"
      })
  void whatever_is_no_certain_object_is_left_to_others(String json) {
    Names names = new Names(List.of("b"));
    assertThatThrownBy(
            () -> {
              at(json).beginObject();
              assertThat(reader.next(names)).isEqualTo(JsonReader.END);
              reader.end();
            })
        .isSameAs(UncertainException.INSTANCE);
  }

  @Test
  void nesting_has_a_bound() throws UncertainException {
    at("[".repeat(64) + "]".repeat(64)).skip();
    reader.end();
    assertThatThrownBy(() -> at("[".repeat(65) + "]".repeat(65)).skip())
        .isInstanceOf(UncertainException.class);
    assertThatThrownBy(
            () -> {
              at("[".repeat(100_000)).beginArray();
              while (reader.hasNext()) {
                reader.beginArray();
              }
            })
        .isInstanceOf(UncertainException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "-7",
        "7.0",
        "0.50",
        "76539499.6500000000",
        "999999999999999999",
        "1e5",
        "1E-5",
        "-12.5e+10",
        "0.1",
        "123456.789",
        "1.790000199669E9",
        "0e3",
        "9007199254740993"
      })
  void a_number_is_exact(String number) {
    assertThat(at(number).tryNumber()).isTrue();
    assertThat(reader.decimal()).isEqualTo(new BigDecimal(number));
    if (!Double.isNaN(reader.real())) {
      assertThat(reader.real()).isEqualTo(Double.parseDouble(number));
    }
    assertThat(at('"' + number + '"').tryNumber()).isFalse();
    assertThat(reader.tryNumberInText()).isTrue();
    assertThat(reader.decimal()).isEqualTo(new BigDecimal(number));
  }

  @Test
  void a_double_is_rounded_as_java_does() {
    Random random = new Random(1);
    int certain = 0;
    for (int i = 0; i < 200_000; i++) {
      long digits = random.nextLong() % (long) Math.pow(10, 1 + random.nextInt(17));
      String number =
          new BigDecimal(java.math.BigInteger.valueOf(digits), random.nextInt(30) - 5).toString();
      if (at(number).tryNumber() && !Double.isNaN(reader.real())) {
        certain++;
        assertThat(Double.doubleToLongBits(reader.real()))
            .as(number)
            .isEqualTo(Double.doubleToLongBits(Double.parseDouble(number)));
      }
    }
    assertThat(certain).isGreaterThan(50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789",
        "-0",
        "-0.0",
        "1e100",
        "true",
        "\"7\"",
        "0.1234567890123456789"
      })
  void an_unusual_number_is_left(String number) throws UncertainException {
    assertThat(at(number).tryNumber()).isFalse();
    assertLeft(number, "");
  }

  @Test
  void reads_uuids_of_either_case() {
    UUID uuid = UUID.fromString("57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c7");
    assertThat(at("\"" + uuid + "\"").tryUuid()).isEqualTo(uuid);
    assertThat(at("\"57FE1D72-B7C5-FEA8-D2D3-C8BA19AD53C7\"").tryUuid()).isEqualTo(uuid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c\"",
        "\"57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c77\"",
        "\"57fe1d72b-7c5-fea8-d2d3-c8ba19ad53c7\"",
        "\"{57fe1d72-b7c5-fea8-d2d3-c8ba19ad53}\"",
        "\"57fe1d72-b7c5-fea8-d2d3-c8ba19ad53cg\"",
        "\"\"",
        "null",
        "\"57fe1d72-b7c5-fea8-d2d3-\""
      })
  void what_is_no_uuid_is_left(String json) throws UncertainException {
    assertThat(at(json).tryUuid()).isNull();
    assertThat(reader.tryInstant()).isNull();
    assertThat(reader.tryDate()).isNull();
    assertLeft(json, "");
  }

  private static LocalDate day(int year, int month, int day) {
    boolean is =
        month > 0 && month < 13 && day > 0 && day <= YearMonth.of(year, month).lengthOfMonth();
    return is ? LocalDate.of(year, month, day) : null;
  }

  @Test
  void a_day_of_ten_thousand_years_is_that_of_the_calendar() {
    byte[] json = Values.page("\"0000-00-00\"".getBytes(StandardCharsets.US_ASCII));
    for (int year = 0; year < 10_000; year++) {
      for (int month = 0; month < 14; month++) {
        for (int day : new int[] {0, 1, 28, 29, 30, 31, 32}) {
          write(year * 10_000 + month * 100 + day, json);
          reader.open(json, json.length - 1);
          LocalDate read = reader.tryDate();
          if (!Objects.equals(read, day(year, month, day))) {
            throw new AssertionError(year + "-" + month + "-" + day + " is read as " + read);
          }
        }
      }
    }
  }

  private static void write(int date, byte[] json) {
    int left = date;
    for (int i : new int[] {10, 9, 7, 6, 4, 3, 2, 1}) {
      json[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-01T00:00:49Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
        "1969-12-31T23:59:59.5Z", "2024-02-29T12:00:00.000Z", "2026-11-22T04:36:00.123456Z"
      })
  void reads_moments(String moment) throws UncertainException {
    assertThat(at('"' + moment + '"').tryInstant()).isEqualTo(Instant.parse(moment));
    reader.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-01T00:00:49+00:00",
        "2020-01-01T00:00Z",
        "2020-02-30T00:00:00Z",
        "2020-01-01T24:00:00Z",
        "2020-01-01T23:60:00Z",
        "2020-01-01T23:00:60Z",
        "2020-01-01 23:00:00Z",
        "2020-01-01T23:00:00.Z",
        "2020-01-01T23:00:00.1234567890Z",
        "2020-1-01T23:00:00Z",
        "-020-01-01T23:00:00Z",
        "2020-01-01T23:00:00z",
        "2020/01/01",
        "2020-01-0Z",
        "20a0-01-01T23:00:00Z",
        "2020-01-01T2300:00Z",
        "2020-01-01T23:00:00ZZ",
        "2020-13-01",
        "Z"
      })
  void another_moment_is_left(String text) throws UncertainException {
    String json = '"' + text + '"';
    assertThat(at(json).tryInstant()).isNull();
    assertThat(reader.tryDate()).isNull();
    assertLeft(json, "");
  }

  @Test
  void a_value_that_was_passed_over_is_told_as_json_if_it_is_compact() throws UncertainException {
    for (String json :
        List.of("{\"a\":[1.50,\"x y\",\"\\\"é\\n\"],\"b\":{}}", "\"\"", "[]", "1e5")) {
      at(json).skip();
      assertThat(reader.compact()).isEqualTo(json);
    }
    for (String json : List.of("{\"a\": 1}", "[\"\\/\"]", "[\"\\u0041\"]", "[1 ]", "[\n]")) {
      at(json).skip();
      assertThat(reader.compact()).isNull();
    }
  }

  @Test
  void text_may_have_any_character() throws UncertainException {
    assertThat(at("\"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"").text())
        .isEqualTo("a\"b\\/\b\f\n\r\té");
    assertThat(at("\"é€😀\"").text()).isEqualTo("é€😀");
    assertThat(at("\"\\ud83d\\ude00 é\\u20ac\\u0000\"").text()).isEqualTo("😀 é€\u0000");
    assertThatThrownBy(() -> at("\"\\ud83d\"").text()).isInstanceOf(UncertainException.class);
    assertThatThrownBy(() -> at("7").text()).isInstanceOf(UncertainException.class);
  }

  /** Eight bytes are looked at at once: what matters may stand at any of their places. */
  @Test
  void what_ends_a_string_or_is_special_in_it_is_found_at_every_place() throws UncertainException {
    for (int length = 0; length < 40; length++) {
      String text = "abcdefghijklmnopqrstuvwxyz0123456789~!$&".substring(0, length);
      assertThat(at('"' + text + '"').text()).isEqualTo(text);
      for (int i = 0; i <= length; i++) {
        String before = text.substring(0, i);
        String after = text.substring(i);
        for (String special : List.of("é", "€", "😀", "\u007f", "\u0080")) {
          assertThat(at('"' + before + special + after + '"').text())
              .isEqualTo(before + special + after);
        }
        assertThat(at('"' + before + "\\\"" + after + '"').text()).isEqualTo(before + '"' + after);
        String escaped = '"' + before + "\\\\" + after + '"';
        at(escaped);
        assertLeft(escaped, "");
        for (String wrong : List.of("\u001f", "\n", "\u0000", "\\", "\"")) {
          assertThatThrownBy(
                  () -> {
                    at('"' + before + wrong + "," + after + '"').skip();
                    reader.end();
                  })
              .isSameAs(UncertainException.INSTANCE);
        }
      }
    }
  }

  @Test
  void names_of_any_length_are_told_apart_wherever_they_differ() throws UncertainException {
    for (int length = 1; length < 40; length++) {
      String name = "x".repeat(length);
      Names names = new Names(List.of(name));
      for (int i = 0; i < length; i++) {
        String other = name.substring(0, i) + "y" + name.substring(i + 1);
        String json = String.format("{\"%s\":1,\"%s\":2,\"%sx\":3}", other, name, name);
        for (int round = 0; round < 2; round++) {
          at(json).beginObject();
          assertThat(reader.next(names)).isZero();
          assertThat(number()).isEqualTo("2");
          assertThat(reader.next(names)).isEqualTo(JsonReader.END);
          reader.end();
        }
      }
    }
  }

  @Test
  void an_id_has_hexadecimal_digits_and_nothing_else() {
    String id = "57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c7";
    for (int i = 0; i < id.length(); i++) {
      for (int c = 1; c < 256; c++) {
        byte[] page = Values.page(('"' + id + '"').getBytes(StandardCharsets.US_ASCII));
        page[i + 1] = (byte) c;
        reader.open(page, page.length - 1);
        boolean fits = id.charAt(i) == '-' ? c == '-' : c < 128 && Character.digit(c, 16) >= 0;
        UUID read = reader.tryUuid();
        UUID expected =
            fits ? UUID.fromString(new String(page, 1, 36, StandardCharsets.US_ASCII)) : null;
        if (!Objects.equals(read, expected)) {
          throw new AssertionError(i + ": " + c + " is read as " + read);
        }
      }
    }
  }
}

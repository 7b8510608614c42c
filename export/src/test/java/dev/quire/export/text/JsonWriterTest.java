package dev.quire.export.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void an_array_has_a_row_a_line() {
    Written rows = new Written().column("a", DataType.INTEGER).row(1).row(2);
    assertThat(rows.as(TextFormat.JSON)).isEqualTo("[\n{\"a\":1},\n{\"a\":2}\n]\n");
    assertThat(rows.as(TextFormat.JSONL)).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
  }

  @Test
  void no_rows_are_an_empty_array_or_no_line() {
    Written none = new Written().column("a", DataType.INTEGER);
    assertThat(none.as(TextFormat.JSON)).isEqualTo("[]\n");
    assertThat(none.as(TextFormat.JSONL)).isEmpty();
  }

  @Test
  void numbers_keep_all_their_digits() {
    assertThat(
            new Written()
                .column("big", DataType.BIGINT)
                .column("exact", DataType.DECIMAL)
                .row(9007199254740993L, new BigDecimal("0.10000000000000000001"))
                .as(TextFormat.JSONL))
        .isEqualTo("{\"big\":9007199254740993,\"exact\":0.10000000000000000001}\n");
  }

  @Test
  void what_json_has_no_number_for_is_a_string() {
    assertThat(
            new Written()
                .column("a", DataType.DOUBLE)
                .column("b", DataType.DOUBLE)
                .row(Double.NaN, Double.NEGATIVE_INFINITY)
                .as(TextFormat.JSONL))
        .isEqualTo("{\"a\":\"NaN\",\"b\":\"-Infinity\"}\n");
  }

  @Test
  void a_real_beyond_its_type_is_still_a_number() {
    assertThat(new Written().column("r", DataType.REAL).row(1e300).row(0.5).as(TextFormat.JSONL))
        .isEqualTo("{\"r\":1.0E300}\n{\"r\":0.5}\n");
  }

  @Test
  void json_values_are_embedded_on_one_line_and_other_text_is_not() {
    Written json = new Written().column("j", DataType.JSON);
    assertThat(
            json.row("{\n \"a\": [1,\r\n2]}").row("{cut").row("1 2").row("").as(TextFormat.JSONL))
        .isEqualTo("{\"j\":{  \"a\": [1,  2]}}\n{\"j\":\"{cut\"}\n{\"j\":\"1 2\"}\n{\"j\":\"\"}\n");
  }

  @Test
  void strings_are_escaped_and_controls_never_reach_the_terminal() {
    assertThat(
            new Written()
                .column("s", DataType.VARCHAR)
                .row("a\"b\\c\nd\u001b[2J\u009b\ud800 顧客 😀")
                .as(TextFormat.JSONL))
        .isEqualTo("{\"s\":\"a\\\"b\\\\c\\nd\\u001b[2J\\u009b\\ud800 顧客 😀\"}\n");
  }

  @Test
  void null_and_booleans_and_dates() {
    assertThat(
            new Written()
                .column("n", DataType.VARCHAR)
                .column("b", DataType.BOOLEAN)
                .column("d", DataType.DATE)
                .row(null, true, java.time.LocalDate.of(2026, 1, 2))
                .as(TextFormat.JSONL))
        .isEqualTo("{\"n\":null,\"b\":true,\"d\":\"2026-01-02\"}\n");
  }

  @Test
  void names_that_occur_twice_are_told_apart() {
    assertThat(
            new Written()
                .column("name", DataType.INTEGER)
                .column("name", DataType.INTEGER)
                .column("name_2", DataType.INTEGER)
                .row(1, 2, 3)
                .as(TextFormat.JSONL))
        .isEqualTo("{\"name\":1,\"name_3\":2,\"name_2\":3}\n");
  }
}

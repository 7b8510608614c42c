package dev.quire.export.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CsvWriterTest {
  private static Written texts() {
    return new Written().column("a", DataType.VARCHAR).column("b", DataType.VARCHAR);
  }

  @Test
  void lines_end_in_cr_lf_and_the_header_comes_first() {
    assertThat(texts().row("x", "y").as(TextFormat.CSV)).isEqualTo("a,b\r\nx,y\r\n");
    assertThat(texts().row("x", "y").withoutHeader().as(TextFormat.CSV)).isEqualTo("x,y\r\n");
  }

  @Test
  void quotes_only_where_rfc_4180_needs_them() {
    assertThat(texts().withoutHeader().row("say \"hi\"", "1,5").as(TextFormat.CSV))
        .isEqualTo("\"say \"\"hi\"\"\",\"1,5\"\r\n");
    assertThat(texts().withoutHeader().row("two\nlines", "two\r\nlines").as(TextFormat.CSV))
        .isEqualTo("\"two\nlines\",\"two\r\nlines\"\r\n");
    assertThat(texts().withoutHeader().row(" blank ", "it's; fine").as(TextFormat.CSV))
        .isEqualTo(" blank ,it's; fine\r\n");
  }

  @Test
  void null_is_empty_and_an_empty_text_is_quoted() {
    assertThat(texts().withoutHeader().row(null, "").as(TextFormat.CSV)).isEqualTo(",\"\"\r\n");
  }

  @Test
  void a_column_name_is_quoted_like_a_value() {
    assertThat(new Written().column("a,b", DataType.VARCHAR).as(TextFormat.CSV))
        .isEqualTo("\"a,b\"\r\n");
  }

  @Test
  void values_are_the_same_in_every_locale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("ar", "EG"));
    try {
      assertThat(everyType().as(TextFormat.CSV))
          .isEqualTo(
              "true,7,9007199254740993,0.1,1.5,123456789012345678.90,2026-11-22,10:15:00,"
                  + "2026-11-22T10:15:30.5,2026-11-22T10:15:30Z,AAH/\r\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Written everyType() {
    return new Written()
        .withoutHeader()
        .column("a", DataType.BOOLEAN)
        .column("b", DataType.INTEGER)
        .column("c", DataType.BIGINT)
        .column("d", DataType.REAL)
        .column("e", DataType.DOUBLE)
        .column("f", DataType.DECIMAL)
        .column("g", DataType.DATE)
        .column("h", DataType.TIME)
        .column("i", DataType.TIMESTAMP)
        .column("j", DataType.TIMESTAMP_TZ)
        .column("k", DataType.VARBINARY)
        .row(
            true,
            7,
            9007199254740993L,
            (double) 0.1f,
            1.5,
            new BigDecimal("123456789012345678.90"),
            LocalDate.of(2026, 11, 22),
            LocalTime.of(10, 15),
            LocalDateTime.of(2026, 11, 22, 10, 15, 30, 500_000_000),
            Instant.parse("2026-11-22T10:15:30Z"),
            new byte[] {0, 1, -1});
  }

  @Test
  void decimals_are_written_out_unless_that_would_fill_lines_with_zeros() {
    Written one = new Written().withoutHeader().column("d", DataType.DECIMAL);
    assertThat(
            one.row(new BigDecimal("1E+6")).row(new BigDecimal("1E+999999999")).as(TextFormat.CSV))
        .isEqualTo("1000000\r\n1E+999999999\r\n");
  }

  /** Eight bytes are looked at at once: what matters may stand at any of their places. */
  @Test
  void what_needs_quotes_or_is_not_ascii_is_seen_at_every_place() {
    for (int length = 0; length < 20; length++) {
      String text = "abcdefghij klmno.-+;".substring(0, length);
      for (int i = 0; i <= length; i++) {
        for (String special :
            List.of(
                ",", "\"", "\n", "\r", "\t", "\u0000", "?", "é", "\u0080", "\u00ff", "\u0122",
                "\u012c", "Ł", "€", "😀", "\ud83d", "~", "!", "#", "-", "\u007f")) {
          String value = text.substring(0, i) + special + text.substring(i);
          assertThat(texts().withoutHeader().row(value, text + "x").as(TextFormat.CSV))
              .isEqualTo(field(value) + "," + field(text + "x") + "\r\n");
        }
      }
    }
  }

  /** By the rule of RFC 4180, in UTF-8, which has no half of a pair of surrogates. */
  private static String field(String text) {
    String written = new String(text.getBytes(UTF_8), UTF_8);
    return text.isEmpty() || text.matches("(?s).*[,\"\r\n].*")
        ? '"' + written.replace("\"", "\"\"") + '"'
        : written;
  }

  @Test
  void the_same_text_again_is_the_same_whatever_stood_between() {
    String plain = "SUCCEEDED";
    String special = "a,b";
    String expected = "SUCCEEDED,SUCCEEDED\r\n\"a,b\",\"a,b\"\r\n";
    assertThat(
            texts()
                .withoutHeader()
                .row(plain, plain)
                .row(special, special)
                .row(plain, plain)
                .row(null, "")
                .row(plain, plain)
                .row(special, special)
                .as(TextFormat.CSV))
        .isEqualTo(expected + "SUCCEEDED,SUCCEEDED\r\n,\"\"\r\n" + expected);
  }

  @Test
  void a_long_text_is_whole() {
    String plain = "0123456789".repeat(100_000);
    String special = "\",é".repeat(100_000);
    assertThat(texts().withoutHeader().row(plain, special).as(TextFormat.CSV))
        .isEqualTo(plain + "," + field(special) + "\r\n");
  }
}

package dev.quire.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TableWriterTest {
  private static Written people() {
    return new Written().column("name", DataType.VARCHAR).column("revenue", DataType.DECIMAL);
  }

  @Test
  void texts_stand_left_and_numbers_right() {
    assertThat(
            people()
                .row("Ann", new BigDecimal("1.50"))
                .row("Bernhard", new BigDecimal("12345.00"))
                .row(null, null)
                .as(RowFormat.TABLE))
        .isEqualTo(
            """
            name       revenue
            --------  --------
            Ann           1.50
            Bernhard  12345.00
            NULL          NULL
            """);
  }

  @Test
  void wide_characters_take_two_columns_and_combining_marks_none() {
    assertThat(
            people()
                .row("株式会社", new BigDecimal("1"))
                .row("cafe\u0301", new BigDecimal("2"))
                .row("ｱｲｳ", new BigDecimal("3"))
                .row("😀🇯🇵", new BigDecimal("4"))
                .as(RowFormat.TABLE))
        .isEqualTo(
            """
            name      revenue
            --------  -------
            株式会社        1
            cafe\u0301            2
            ｱｲｳ             3
            😀🇯🇵            4
            """);
  }

  @Test
  void a_value_cannot_move_the_cursor_or_turn_the_text() {
    assertThat(
            new Written()
                .column("s", DataType.VARCHAR)
                .row("\u001b[2Jx\u0007\r\n\ty\u202Ez\u009b")
                .as(RowFormat.TABLE))
        .endsWith("\\u001b[2Jx\\u0007\\r\\n\\ty\\u202ez\\u009b\n");
  }

  @Test
  void on_a_terminal_a_long_value_is_cut_with_an_ellipsis_and_numbers_keep_their_room() {
    String table =
        people()
            .row("a rather long name that cannot fit", new BigDecimal("123456789.00"))
            .within(30)
            .as(RowFormat.TABLE);
    assertThat(table)
        .isEqualTo(
            """
            name                   revenue
            ----------------  ------------
            a rather long n…  123456789.00
            """);
    assertThat(table.lines()).allMatch(line -> DisplayText.width(line) <= 30);
  }

  @Test
  void numbers_keep_their_digits_while_texts_give_way() {
    assertThat(
            new Written()
                .column("a", DataType.VARCHAR)
                .column("n", DataType.DECIMAL)
                .column("b", DataType.VARCHAR)
                .row(
                    "a longer text than fits", new BigDecimal("8381142152.8265"), "and another one")
                .within(40)
                .as(RowFormat.TABLE))
        .endsWith("a longer …  8381142152.8265  and anoth…\n");
  }

  @Test
  void a_wide_character_is_never_halved_by_a_cut() {
    assertThat(
            new Written().column("s", DataType.VARCHAR).row("株式会社").within(6).as(RowFormat.TABLE))
        .endsWith("株式…\n");
  }

  @Test
  void elsewhere_nothing_is_cut_and_one_long_value_does_not_widen_all_rows() {
    String longest = "x".repeat(100);
    assertThat(people().row(longest, BigDecimal.ONE).row("y", BigDecimal.ONE).as(RowFormat.TABLE))
        .isEqualTo(
            "name"
                + " ".repeat(58)
                + "revenue\n"
                + "-".repeat(60)
                + "  -------\n"
                + longest
                + "        1\n"
                + "y"
                + " ".repeat(67)
                + "1\n");
  }

  @Test
  void more_columns_than_fit_are_shown_one_value_a_line() {
    Written wide = new Written().within(40);
    for (int i = 0; i < 10; i++) {
      wide.column("column" + i, DataType.VARCHAR);
    }
    Object[] row = new Object[10];
    java.util.Arrays.fill(row, "some longer value than would fit on the line");
    String table = wide.row(row).as(RowFormat.TABLE);
    assertThat(table)
        .startsWith("-- row 1 --\ncolumn0  some longer value than would f…\ncolumn1  ");
    assertThat(table.lines()).hasSize(11).allMatch(line -> line.length() <= 40);
  }

  @Test
  void rows_after_the_first_two_hundred_keep_the_layout() {
    Written many = people();
    for (int i = 0; i < TableWriter.ROWS_FOR_LAYOUT + 50; i++) {
      many.row("name" + i, BigDecimal.valueOf(i));
    }
    assertThat(many.as(RowFormat.TABLE).lines())
        .hasSize(TableWriter.ROWS_FOR_LAYOUT + 52)
        .allMatch(line -> line.length() == 16);
  }

  @Test
  void no_rows_show_the_header() {
    assertThat(people().as(RowFormat.TABLE)).isEqualTo("name  revenue\n----  -------\n");
    assertThat(people().withoutHeader().as(RowFormat.TABLE)).isEmpty();
  }
}

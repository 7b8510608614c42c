package dev.quire.odata.query;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Conditions in the URL language of versions 2 and 3. */
class OlderFilterTest {
  private static final EntityTable ORDERS = Tables.northwind("Orders", Protocol.V2);
  private static final EntityTable ORDERS_3 = Tables.northwind("Orders", Protocol.V3);
  private static final EntityTable CUSTOMERS = Tables.northwind("Customers", Protocol.V2);
  private static final Pattern TERM =
      Pattern.compile("OrderDate (lt|gt|ne) (?:datetime'([^']+)'|null)");

  private static Condition translate(EntityTable table, Expression filter) {
    return new FilterTranslator(table, Profile.NONE).translate(filter);
  }

  private static Condition compare(
      EntityTable table, Function function, String column, Object value) {
    DataType type = table.requireField(column).column().type();
    return translate(table, call(function, new ColumnRef(column, type), new Constant(value, type)));
  }

  private static void assertExact(String column, Object value, String text) {
    assertThat(compare(ORDERS, Function.EQ, column, value))
        .isEqualTo(new Condition(Fidelity.EXACT, text, 1, ""));
  }

  @Test
  void a_literal_says_its_type() {
    assertExact("OrderID", 7, "OrderID eq 7");
    assertExact("Flags", 7, "Flags eq 7");
    assertExact("Serial", 1L << 60, "Serial eq 1152921504606846976L");
    assertExact("Freight", new BigDecimal("32.3800"), "Freight eq 32.38M");
    assertExact("Weight", 1.5, "Weight eq 1.5d");
    assertExact("Weight", -2.0, "Weight eq -2d");
    assertExact("Paid", true, "Paid eq true");
    String guid = "9c2f1b6a-0000-4000-8000-00000000000a";
    assertExact("Guid", UUID.fromString(guid), "Guid eq guid'" + guid + "'");
    assertExact("Opens", LocalTime.of(13, 20), "Opens eq time'PT13H20M00S'");
    assertExact("Opens", LocalTime.parse("00:00:05.5"), "Opens eq time'PT00H00M05.5S'");
    assertExact(
        "DueDate",
        LocalDateTime.parse("2026-01-01T00:00"),
        "DueDate eq datetime'2026-01-01T00:00:00'");
    assertThat(compare(ORDERS, Function.EQ, "Note", "it's").text()).isEqualTo("Note eq 'it''s'");
  }

  @Test
  void version_3_shows_times_as_it_keeps_them() {
    assertThat(compare(ORDERS_3, Function.GT, "Changed", Instant.parse("2026-01-01T00:00:00.5Z")))
        .isEqualTo(
            new Condition(
                Fidelity.EXACT, "Changed gt datetimeoffset'2026-01-01T00:00:00.5Z'", 1, ""));
  }

  @Test
  void null_is_tested_for_and_kept_out_of_a_difference() {
    ColumnRef paid = new ColumnRef("Paid", DataType.BOOLEAN);
    assertThat(translate(ORDERS, call(Function.IS_NULL, paid)).text()).isEqualTo("Paid eq null");
    assertThat(compare(ORDERS, Function.NE, "Serial", 5L).text())
        .isEqualTo("(Serial ne 5L and Serial ne null)");
  }

  @Test
  void text_is_searched_with_substringof_and_a_list_is_a_chain() {
    assertThat(compare(ORDERS, Function.CONTAINS, "Note", "x").text())
        .isEqualTo("substringof('x',Note)");
    assertThat(compare(ORDERS, Function.STARTS_WITH, "Note", "x").text())
        .isEqualTo("startswith(Note,'x')");
    ColumnRef serial = new ColumnRef("Serial", DataType.BIGINT);
    Constant one = new Constant(1L, DataType.BIGINT);
    Constant two = new Constant(2L, DataType.BIGINT);
    assertThat(translate(ORDERS, call(Function.IN, serial, one, two)).text())
        .isEqualTo("(Serial eq 1L or Serial eq 2L)");
  }

  @Test
  void a_property_that_is_not_filterable_is_left_out() {
    Expression name =
        call(
            Function.EQ,
            new ColumnRef("CompanyName", DataType.VARCHAR),
            new Constant("x", DataType.VARCHAR));
    Expression rank =
        call(
            Function.EQ,
            new ColumnRef("Rank", DataType.INTEGER),
            new Constant(1, DataType.INTEGER));
    assertThat(translate(CUSTOMERS, name).isNone()).isTrue();
    assertThat(translate(CUSTOMERS, name).note()).contains("'CompanyName'");
    assertThat(translate(CUSTOMERS, call(Function.OR, name, rank)).isNone()).isTrue();
    assertThat(translate(CUSTOMERS, call(Function.AND, name, rank)))
        .isEqualTo(
            new Condition(
                Fidelity.NARROWING,
                "Rank eq 1",
                1,
                "the service does not filter by 'CompanyName'"));
  }

  /** Whether the service cuts off digits, or rounds them, a row that SQL wants is sent. */
  @Test
  void no_row_is_lost_whose_time_is_kept_finer_than_it_is_shown() {
    Instant base = Instant.parse("1969-12-31T23:59:59.999Z");
    List<Function> functions =
        List.of(Function.EQ, Function.NE, Function.LT, Function.LE, Function.GT, Function.GE);
    int sent = 0;
    for (Function function : functions) {
      for (long bound = -3_000_000; bound <= 3_000_000; bound += 500_000) {
        Instant value = base.plusNanos(bound);
        LocalDateTime local = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
        Condition condition = compare(ORDERS, function, "OrderDate", local);
        sent += condition.isNone() ? 0 : 1;
        for (long kept = -4_000_000; kept <= 4_000_000; kept += 100_000) {
          checkRow(function, condition, base.plusNanos(kept), value);
        }
      }
    }
    assertThat(sent).isEqualTo(4 * 13 + 2 * 7);
  }

  private static void checkRow(
      Function function, Condition condition, Instant kept, Instant value) {
    Instant down = kept.truncatedTo(ChronoUnit.MILLIS);
    for (Instant shown : List.of(down, kept.equals(down) ? down : down.plusMillis(1))) {
      if (!condition.isNone() && holds(function, shown.compareTo(value))) {
        assertThat(isSent(condition.text(), kept))
            .as("%s %s for a row kept as %s, shown as %s", condition.text(), value, kept, shown)
            .isTrue();
      }
    }
  }

  private static boolean holds(Function function, int order) {
    return switch (function) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean isSent(String text, Instant kept) {
    Matcher term = TERM.matcher(text);
    boolean all = true;
    while (term.find()) {
      if (term.group(2) != null) {
        Instant bound = LocalDateTime.parse(term.group(2)).toInstant(ZoneOffset.UTC);
        int order = kept.compareTo(bound);
        all &=
            switch (term.group(1)) {
              case "lt" -> order < 0;
              case "gt" -> order > 0;
              default -> order != 0;
            };
      }
    }
    return all;
  }
}

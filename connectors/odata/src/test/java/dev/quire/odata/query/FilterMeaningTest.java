package dev.quire.odata.query;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever condition the engine offers, the rows that the service finds are those that SQL finds
 * (EXACT) or more (NARROWING): tried with random conditions over all rows of a small table, against
 * services that read nulls as OData does, as SQL does, and that compare text without case.
 */
class FilterMeaningTest {
  private static final int CONDITIONS = 20_000;
  private static final int ROWS_EACH = 25;
  private static final EntityTable TABLE = Tables.shop("Customers");

  /** With letters whose lower or upper case is another letter, or two. */
  private static final List<String> NAMES =
      Arrays.asList(
          null,
          "",
          "a",
          "A",
          "ab",
          "Ba",
          "ka",
          "\u212aA",
          "Sab",
          "\u017fab",
          "Ab\u0130",
          "\ufb00a",
          "b\ufb02a",
          "\ufb06ab",
          " a  ",
          "\u2003a ",
          "\ud83d\ude00a",
          "\u6771\u4eac");

  private static final List<Map<String, Object>> ROWS = rows();
  private final Random random = new Random(4711);

  private static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    Random random = new Random(1969);
    List<Object> scores = Arrays.asList(null, Double.NaN, -0.0, 1.0, 2.5);
    List<Object> prices = Arrays.asList(null, money("1.00"), money("1.01"), money("-1.00"));
    for (int id : new int[] {1, 2}) {
      for (Object big : Arrays.asList(null, 1L, 2L)) {
        for (Object active : Arrays.asList(null, true, false)) {
          for (Object name : NAMES) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", id);
            row.put("big", big);
            row.put("active", active);
            row.put("name", name);
            row.put("day", random.nextInt(4) == 0 ? null : LocalDate.of(2026, 1 + big(row), 28));
            row.put("score", scores.get(random.nextInt(scores.size())));
            row.put("address/city", Arrays.asList(null, "", "b").get(random.nextInt(3)));
            row.put("address.city", row.get("address/city"));
            row.put("price", prices.get(random.nextInt(prices.size())));
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  private static int big(Map<String, Object> row) {
    return row.get("big") == null ? 0 : ((Long) row.get("big")).intValue();
  }

  private static BigDecimal money(String text) {
    return new BigDecimal(text);
  }

  @Test
  void finds_what_sql_finds_when_text_may_be_compared_without_case() {
    check(Profile.NONE, Protocol.V4);
    check(Profile.NONE, Protocol.V401);
    check(Profile.DATAVERSE, Protocol.V4);
  }

  @Test
  void finds_what_sql_finds_in_the_words_of_version_2() {
    check(Profile.NONE, Protocol.V2);
    check(Profile.NONE.withStrings(Profile.Strings.EXACT), Protocol.V3);
  }

  @Test
  void finds_what_sql_finds_when_text_is_compared_exactly() {
    check(Profile.NONE.withStrings(Profile.Strings.EXACT), Protocol.V401);
  }

  private void check(Profile profile, Protocol protocol) {
    EntityTable table = Tables.shop("Customers", protocol);
    FilterTranslator translator = new FilterTranslator(table, profile);
    int sent = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      Expression filter = condition(3);
      Condition answer = translator.translate(filter);
      if (!answer.isNone()) {
        sent++;
        List<Map<String, Object>> rows = someRows(profile);
        for (boolean threeValued : new boolean[] {false, true}) {
          if (profile.strings() != Profile.Strings.IGNORE_CASE) {
            checkRows(filter, answer, rows, new ODataEvaluator(threeValued, false));
          }
          if (profile.strings() != Profile.Strings.EXACT) {
            checkRows(filter, answer, rows, new ODataEvaluator(threeValued, true));
          }
        }
      }
    }
    assertThat(sent).isGreaterThan(CONDITIONS / 10);
  }

  /** Some rows at random: over all conditions, every row many times. */
  private List<Map<String, Object>> someRows(Profile profile) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS_EACH; i++) {
      Map<String, Object> row = ROWS.get(random.nextInt(ROWS.size()));
      if (profile.nan() || !Double.valueOf(Double.NaN).equals(row.get("score"))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static void checkRows(
      Expression filter, Condition answer, List<Map<String, Object>> rows, ODataEvaluator service) {
    for (Map<String, Object> row : rows) {
      boolean wanted = Boolean.TRUE.equals(Sql.evaluate(filter, row));
      boolean found = service.matches(answer.text(), row);
      if (wanted && !found || found && !wanted && answer.fidelity() == Fidelity.EXACT) {
        throw new AssertionError(
            answer.fidelity()
                + " "
                + answer.text()
                + " for "
                + filter
                + " at "
                + row
                + ": SQL says "
                + wanted
                + ", "
                + service
                + " says "
                + found);
      }
    }
  }

  private Expression condition(int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      return switch (random.nextInt(3)) {
        case 0 -> call(Function.NOT, condition(depth - 1));
        case 1 -> call(Function.AND, condition(depth - 1), condition(depth - 1));
        default -> call(Function.OR, condition(depth - 1), condition(depth - 1));
      };
    }
    return leaf();
  }

  private Expression leaf() {
    Function[] comparisons = {
      Function.EQ, Function.NE, Function.LT, Function.LE, Function.GT, Function.GE
    };
    return switch (random.nextInt(16)) {
      case 13 -> call(comparisons[random.nextInt(6)], length(), number(random.nextInt(5)));
      case 14 ->
          call(
              textConditions()[random.nextInt(5)],
              call(Function.TRIM, column("name")),
              spacedText());
      case 15 ->
          random.nextBoolean()
              ? call(textConditions()[random.nextInt(5)], joined(), joinedText())
              : call(Function.IN, joined(), joinedText(), joinedText());
      case 10 -> call(textConditions()[random.nextInt(5)], cased(), casedText());
      case 11 -> call(Function.IN, cased(), casedText(), casedText());
      case 12 ->
          random.nextBoolean()
              ? call(
                  comparisons[random.nextInt(6)],
                  call(Function.MOD, column("id"), number(2)),
                  number(random.nextInt(2)))
              : call(
                  comparisons[random.nextInt(6)],
                  call(random.nextBoolean() ? Function.MONTH : Function.DAY, column("day")),
                  number(1 + random.nextInt(3)));
      case 0 -> call(random.nextBoolean() ? Function.IS_NULL : Function.IS_NOT_NULL, column());
      case 1 ->
          call(Function.IN, column("big"), number(random.nextInt(4)), number(random.nextInt(4)));
      case 2 ->
          call(
              new Function[] {Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS}
                  [random.nextInt(3)],
              column("name"),
              text());
      case 3 -> call(Function.IN, column("name"), text(), text());
      case 4 -> column("active");
      case 5 -> call(comparisons[random.nextInt(6)], column("name"), text());
      case 6 ->
          call(
              comparisons[random.nextInt(6)],
              column("score"),
              new Constant(List.of(0.0, 1.0, 2.0, 2.5).get(random.nextInt(4)), DataType.DOUBLE));
      case 7 ->
          random.nextBoolean()
              ? call(comparisons[random.nextInt(6)], price(), column("price"))
              : call(Function.IN, column("price"), price(), price());
      case 8 -> call(comparisons[random.nextInt(6)], number(random.nextInt(4)), column("big"));
      default -> call(comparisons[random.nextInt(6)], column("id"), number(random.nextInt(4)));
    };
  }

  private ColumnRef column() {
    return column(List.of("id", "big", "active", "name", "score", "price").get(random.nextInt(6)));
  }

  private static ColumnRef column(String name) {
    return new ColumnRef(name, TABLE.requireField(name).column().type());
  }

  private static Constant number(long value) {
    return new Constant(value, DataType.BIGINT);
  }

  private Constant price() {
    List<String> prices = List.of("1", "1.005", "1.01", "1.006", "-1.001", "2");
    return new Constant(money(prices.get(random.nextInt(prices.size()))), DataType.DECIMAL);
  }

  private static Function[] textConditions() {
    return new Function[] {
      Function.EQ, Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS, Function.NE
    };
  }

  /** Some with white space at an end, which services trim. */
  private Constant spacedText() {
    return new Constant(
        List.of("", "a", "ab", "\u2003a", "Ba").get(random.nextInt(5)), DataType.VARCHAR);
  }

  private static Call length() {
    return call(Function.LENGTH, column("name"));
  }

  private Call joined() {
    return random.nextBoolean()
        ? call(Function.CONCAT, column("name"), column("address.city"))
        : call(
            Function.CONCAT,
            column("name"),
            new Constant(" ", DataType.VARCHAR),
            column("address.city"));
  }

  private Constant joinedText() {
    return new Constant(
        List.of("", "a", "ab", "a b", "A B", " b", "aB", "b").get(random.nextInt(8)),
        DataType.VARCHAR);
  }

  private Call cased() {
    return call(random.nextBoolean() ? Function.LOWER : Function.UPPER, column("name"));
  }

  private Constant casedText() {
    List<String> texts =
        List.of("", "a", "A", "ab", "AB", "ka", "KA", "SAB", "sab", "FFA", "abi", "BFLA", "STAB");
    return new Constant(texts.get(random.nextInt(texts.size())), DataType.VARCHAR);
  }

  private Constant text() {
    return new Constant(
        List.of("", "a", "A", "ab", "b", "it's").get(random.nextInt(6)), DataType.VARCHAR);
  }

  /** SQL's own meaning, with three truth values. */
  private static final class Sql {
    static Object evaluate(Expression expression, Map<String, Object> row) {
      if (expression instanceof ColumnRef column) {
        return row.get(column.name());
      }
      if (expression instanceof Constant constant) {
        return constant.value();
      }
      Call call = (Call) expression;
      List<Object> values = new ArrayList<>();
      call.arguments().forEach(argument -> values.add(evaluate(argument, row)));
      return switch (call.function()) {
        case AND -> Logic.and((Boolean) values.get(0), (Boolean) values.get(1));
        case OR -> Logic.or((Boolean) values.get(0), (Boolean) values.get(1));
        case NOT -> Logic.not((Boolean) values.get(0));
        case IS_NULL -> values.get(0) == null;
        case IS_NOT_NULL -> values.get(0) != null;
        case IN -> {
          Boolean any = false;
          for (Object value : values.subList(1, values.size())) {
            any = Logic.or(any, compare("eq", values.get(0), value));
          }
          yield any;
        }
        case LOWER -> text(values, text -> text.toLowerCase(Locale.ROOT));
        case UPPER -> text(values, text -> text.toUpperCase(Locale.ROOT));
        case TRIM -> text(values, text -> text.replaceAll("^ +| +$", ""));
        case CONCAT ->
            values.contains(null)
                ? null
                : values.stream().map(String::valueOf).collect(Collectors.joining());
        case LENGTH ->
            values.get(0) == null ? null : (Long) values.get(0).toString().codePoints().count();
        case MONTH -> day(values, LocalDate::getMonthValue);
        case DAY -> day(values, LocalDate::getDayOfMonth);
        case MOD -> (long) (Integer) values.get(0) % (Long) values.get(1);
        case STARTS_WITH, ENDS_WITH, CONTAINS ->
            Logic.search(call.function().name(), (String) values.get(0), (String) values.get(1));
        default ->
            compare(call.function().name().toLowerCase(Locale.ROOT), values.get(0), values.get(1));
      };
    }

    private static String text(List<Object> values, UnaryOperator<String> function) {
      return values.get(0) == null ? null : function.apply((String) values.get(0));
    }

    private static Long day(List<Object> values, ToIntFunction<LocalDate> function) {
      return values.get(0) == null
          ? null
          : (Long) (long) function.applyAsInt((LocalDate) values.get(0));
    }

    /** As the engine does: NaN equals itself and is greater than every number. */
    private static Boolean compare(String operator, Object left, Object right) {
      return left instanceof Double a && right instanceof Double b
          ? (Boolean) Logic.holds(operator, Double.compare(a + 0.0, b + 0.0))
          : Logic.compare(operator, left, right);
    }
  }
}

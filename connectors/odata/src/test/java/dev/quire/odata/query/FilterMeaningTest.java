package dev.quire.odata.query;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever condition the engine offers, the rows that the service finds are those that SQL finds
 * (EXACT) or more (NARROWING): tried with random conditions over all rows of a small table, against
 * services that read nulls as OData does, as SQL does, and that compare text without case.
 */
class FilterMeaningTest {
  private static final int CONDITIONS = 20_000;
  private static final EntityTable TABLE = Tables.shop("Customers");
  private static final List<Map<String, Object>> ROWS = rows();
  private final Random random = new Random(4711);

  private static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int id : new int[] {1, 2}) {
      for (Object big : Arrays.asList(null, 1L, 2L)) {
        for (Object active : Arrays.asList(null, true, false)) {
          for (Object name : Arrays.asList(null, "", "a", "A", "ab", "Ba")) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", id);
            row.put("big", big);
            row.put("active", active);
            row.put("name", name);
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  @Test
  void finds_what_sql_finds_when_text_may_be_compared_without_case() {
    check(Profile.NONE, false);
    check(Profile.NONE, true);
    check(Profile.DATAVERSE, false);
  }

  @Test
  void finds_what_sql_finds_when_text_is_compared_exactly() {
    check(Profile.NONE.withStrings(Profile.Strings.EXACT), true);
  }

  private void check(Profile profile, boolean hasIn) {
    FilterTranslator translator = new FilterTranslator(TABLE, profile, hasIn);
    int sent = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      Expression filter = condition(3);
      Condition answer = translator.translate(filter);
      if (!answer.isNone()) {
        sent++;
        boolean[] wanted = wanted(filter);
        for (boolean threeValued : new boolean[] {false, true}) {
          checkRows(filter, answer, wanted, new ODataEvaluator(threeValued, false));
          if (profile.strings() != Profile.Strings.EXACT) {
            checkRows(filter, answer, wanted, new ODataEvaluator(threeValued, true));
          }
        }
      }
    }
    assertThat(sent).isGreaterThan(CONDITIONS / 10);
  }

  private static boolean[] wanted(Expression filter) {
    boolean[] wanted = new boolean[ROWS.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = Boolean.TRUE.equals(Sql.evaluate(filter, ROWS.get(i)));
    }
    return wanted;
  }

  private static void checkRows(
      Expression filter, Condition answer, boolean[] wanted, ODataEvaluator service) {
    for (int i = 0; i < wanted.length; i++) {
      Map<String, Object> row = ROWS.get(i);
      boolean found = service.matches(answer.text(), row);
      if (wanted[i] && !found || found && !wanted[i] && answer.fidelity() == Fidelity.EXACT) {
        throw new AssertionError(
            answer.fidelity()
                + " "
                + answer.text()
                + " for "
                + filter
                + " at "
                + row
                + ": SQL says "
                + wanted[i]
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
    return switch (random.nextInt(8)) {
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
      case 6 -> call(comparisons[random.nextInt(6)], number(random.nextInt(4)), column("big"));
      default -> call(comparisons[random.nextInt(6)], column("id"), number(random.nextInt(4)));
    };
  }

  private ColumnRef column() {
    return column(List.of("id", "big", "active", "name").get(random.nextInt(4)));
  }

  private static ColumnRef column(String name) {
    return new ColumnRef(name, TABLE.requireField(name).column().type());
  }

  private static Constant number(long value) {
    return new Constant(value, DataType.BIGINT);
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
            any = Logic.or(any, Logic.compare("eq", values.get(0), value));
          }
          yield any;
        }
        case STARTS_WITH, ENDS_WITH, CONTAINS ->
            Logic.search(call.function().name(), (String) values.get(0), (String) values.get(1));
        default ->
            Logic.compare(
                call.function().name().toLowerCase(java.util.Locale.ROOT),
                values.get(0),
                values.get(1));
      };
    }
  }
}

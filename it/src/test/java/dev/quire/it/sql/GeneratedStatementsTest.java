package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.quire.engine.StatementOptions;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Statements that were made up give the same rows with pushdown, without it, and in H2. {@code
 * -Dquire.seed=N} makes others, {@code -Dquire.statements=N} more.
 */
class GeneratedStatementsTest {
  private static final long SEED = Long.getLong("quire.seed", 20_261_124L);
  private static final int STATEMENTS = Integer.getInteger("quire.statements", 1_200);
  private static final int MOST_SHOWN = 20;
  private static final StatementOptions PLAIN = StatementOptions.DEFAULT.withPushdown(false);

  private static SampleServer server;
  private static Statements crm;
  private static H2 h2;

  @BeforeAll
  static void start() throws SQLException {
    server = SampleServer.start(SampleOptions.DEFAULT.withEdgeCases(180));
    crm = Statements.over(server.baseUrl(), Map.of("profile", "dataverse", "page_size", "50"));
    h2 = H2.open();
    h2.load(
        server,
        "edgecases",
        List.of(
            "edgecaseid UUID PRIMARY KEY",
            "label VARCHAR",
            "other VARCHAR",
            "amount DECIMAL(19, 4)",
            "rate DECIMAL(19, 4)",
            "small INTEGER",
            "quantity INTEGER",
            "big BIGINT",
            "flag BOOLEAN",
            "dayon DATE",
            "happened TIMESTAMP WITH TIME ZONE",
            "_parentid_value UUID"));
  }

  @AfterAll
  static void stop() throws SQLException {
    h2.close();
    crm.close();
    server.close();
  }

  @Test
  void statements_give_the_same_rows_with_pushdown_without_and_in_h2() {
    EdgeStatements statements = new EdgeStatements(SEED);
    List<String> differences = new ArrayList<>();
    int answered = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = statements.next();
      List<String> pushed = answer(sql, () -> crm.rows(sql));
      compare(
          sql, "without pushdown", pushed, answer(sql, () -> crm.rows(sql, PLAIN)), differences);
      compare(sql, "in H2", pushed, answer(sql, () -> h2Rows(sql)), differences);
      answered += pushed.equals(List.of(FAILED)) ? 0 : 1;
    }
    if (!differences.isEmpty()) {
      fail(
          "%d answers of %d statements differ (-Dquire.seed=%d):%n%n%s"
              .formatted(
                  differences.size(),
                  STATEMENTS,
                  SEED,
                  String.join(
                      "\n", differences.subList(0, Math.min(MOST_SHOWN, differences.size())))));
    }
    assertThat(answered)
        .as("statements with an answer, seed " + SEED)
        .isGreaterThan(STATEMENTS * 9 / 10);
  }

  private static final String FAILED = "no answer";

  private static List<List<@Nullable Object>> h2Rows(String sql) {
    try {
      return h2.rows(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The rows as texts, sorted unless the statement sorts them; one that begins {@link #FAILED}. */
  private static List<String> answer(String sql, Supplier<List<List<@Nullable Object>>> rows) {
    List<String> texts = new ArrayList<>();
    try {
      for (List<@Nullable Object> row : rows.get()) {
        texts.add(row.stream().map(GeneratedStatementsTest::text).toList().toString());
      }
    } catch (RuntimeException e) {
      return List.of(FAILED + ": " + e.getMessage());
    }
    if (!sql.contains(" ORDER BY k0")) {
      texts.sort(null);
    }
    return texts;
  }

  /** Numbers by value, to six digits after the point. */
  private static String text(@Nullable Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString())
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : String.valueOf(value);
  }

  private static void compare(
      String sql, String where, List<String> pushed, List<String> other, List<String> differences) {
    boolean bothFail = failed(pushed) && failed(other);
    if (!bothFail && !pushed.equals(other)) {
      differences.add(
          "%s%n  %d rows with pushdown, %d %s; %s%n%s"
              .formatted(sql, pushed.size(), other.size(), where, first(pushed, other), plan(sql)));
    }
  }

  private static boolean failed(List<String> answer) {
    return answer.size() == 1 && answer.get(0).startsWith(FAILED);
  }

  private static String first(List<String> pushed, List<String> other) {
    for (int i = 0; i < Math.min(pushed.size(), other.size()); i++) {
      if (!pushed.get(i).equals(other.get(i))) {
        return "row %d is %s instead of %s".formatted(i, pushed.get(i), other.get(i));
      }
    }
    return "one begins with the other";
  }

  private static String plan(String sql) {
    try {
      return crm.engine().explain(sql, StatementOptions.DEFAULT).text().indent(4);
    } catch (RuntimeException e) {
      return "    no plan: " + e.getMessage();
    }
  }
}

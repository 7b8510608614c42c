package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.quire.engine.StatementOptions;
import dev.quire.spi.ConnectorContext;
import dev.quire.thirdparty.GeneratedStatements.Statement;
import dev.quire.thirdparty.Statements.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushdownTest {
  private static final int STATEMENTS = Integer.getInteger("quire.statements", 1_000);
  private static final long SEED = Long.getLong("quire.seed", 20261122L);

  private static TeiidServer server;
  private static Statements shop;
  private static H2 h2;

  @BeforeAll
  static void start() throws Exception {
    server = TeiidServer.start(Views.SCRIPT);
    shop = Statements.over(server.url(), ConnectorContext.system(), "page_size", "300");
    h2 = H2.open();
  }

  @AfterAll
  static void stop() throws Exception {
    h2.close();
    shop.close();
    server.close();
  }

  @Test
  void generated_statements_give_the_same_rows_with_pushdown_without_and_in_h2() {
    GeneratedStatements statements = new GeneratedStatements(SEED);
    List<String> differences = new ArrayList<>();
    int filtered = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      Statement statement = statements.next();
      try {
        Answer pushed = shop.run(statement.sql());
        filtered += usesFilter(pushed) ? 1 : 0;
        compare(statement, pushed, differences);
        compareWithH2(statement, pushed, differences);
      } catch (RuntimeException | SQLException e) {
        differences.add(statement.sql() + "\n  " + e);
      }
    }
    if (!differences.isEmpty()) {
      fail(
          "%d of %d statements differ (-Dquire.seed=%d):%n%s"
              .formatted(
                  differences.size(),
                  STATEMENTS,
                  SEED,
                  String.join(System.lineSeparator(), differences)));
    }
    assertThat(filtered).as("statements whose filter was pushed").isGreaterThan(STATEMENTS / 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body = 'it''s 100%'",
        "body LIKE 'a_b'",
        "body LIKE 'a!_b' ESCAPE '!'",
        "body LIKE '%100!%' ESCAPE '!'",
        "body LIKE '%&%'",
        "body LIKE '%#1'",
        "body = '東京 駅'",
        "body = ''",
        "body IS NULL",
        "body <> ''",
        "body LIKE '%\\%'",
        "body = 'a+b=c?'",
        "body IN ('a_b', 'A_B', 'x')",
        "NOT (body LIKE 'a%')",
        "body < 'b'",
      })
  void awkward_texts_are_found_the_same_way(String condition) {
    List<String> differences = new ArrayList<>();
    Statement statement =
        new Statement("SELECT id, body FROM shop.notes WHERE " + condition + " ORDER BY id", true);

    compare(statement, shop.run(statement.sql()), differences);

    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id + 1 = 50",
        "100 - id * 2 > 90",
        "-id >= -3 OR id * 7 IN (49, 56)",
        "id / 100 = 3 AND NOT (quantity - 1 < 0)",
        "quantity / 7 = 0",
        "quantity / 7 <= -2",
        "amount * 2 + 1 >= 12000.5",
        "ROUND(amount, 1) = 30.1 OR ROUND(amount) = 31",
        "CEIL(amount) BETWEEN 30 AND 60",
        "NOT (CEIL(ratio) > 20 OR ROUND(ratio) < 3)",
        "SUBSTRING(label FROM 1 FOR 7) = 'Item 12'",
        "LEFT(label, 6) <> 'Item 1' AND id <= 300",
        "RIGHT(label, 2) = '42'",
        "SUBSTRING(label FROM 6 FOR 2) = '42'",
        "POSITION('99' IN label) > 0",
        "POSITION('99' IN label) = 0 AND id < 300",
        "POSITION('9' IN label) >= 7",
        "CHAR_LENGTH(kind) <= 1",
        "CHAR_LENGTH(kind) > 0 AND CHAR_LENGTH(kind) < 5",
        "TRIM(kind) = 'alpha' OR TRIM(kind) LIKE 'g%'",
        "kind || '/' || label = 'beta/Item 41'",
        "kind || label IN ('betaItem 41', 'gammaItem 42', 'alphaItem 44')",
      })
  void conditions_on_functions_give_the_same_rows(String condition) throws SQLException {
    List<String> differences = new ArrayList<>();
    Statement statement =
        new Statement("SELECT id FROM shop.sales WHERE " + condition + " ORDER BY id", true);
    Answer pushed = shop.run(statement.sql());

    compare(statement, pushed, differences);
    compareWithH2(statement, pushed, differences);

    assertThat(differences).isEmpty();
    assertThat(usesFilter(pushed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHAR_LENGTH(body) <= 3",
        "CHAR_LENGTH(body) = 0",
        "TRIM(body) = 'x'",
        "TRIM(body) LIKE 'a%'",
        "LEFT(body, 1) = '東'",
        "POSITION('駅' IN body) = 4",
        "body || '!' = 'a_b!'",
      })
  void awkward_texts_go_through_functions(String condition) {
    List<String> differences = new ArrayList<>();
    Statement statement =
        new Statement("SELECT id, body FROM shop.notes WHERE " + condition + " ORDER BY id", true);

    compare(statement, shop.run(statement.sql()), differences);

    assertThat(differences).isEmpty();
  }

  @Test
  void a_join_gives_the_same_rows_with_and_without_pushdown() {
    List<String> differences = new ArrayList<>();
    Statement statement =
        new Statement(
            "SELECT c.name, COUNT(*), SUM(s.amount) FROM shop.customers c JOIN shop.sales s"
                + " ON s.customer_id = c.id WHERE c.city = 'Oslo' GROUP BY c.name",
            false);

    compare(statement, shop.run(statement.sql()), differences);

    assertThat(differences).isEmpty();
  }

  private static boolean usesFilter(Answer answer) {
    return answer.requests().stream().anyMatch(request -> request.url().contains("filter="));
  }

  private static void compare(Statement statement, Answer pushed, List<String> differences) {
    Answer plain = shop.run(statement.sql(), StatementOptions.DEFAULT.withPushdown(false));
    compare(statement, pushed, "without", plain.rows(), differences);
  }

  private static void compareWithH2(Statement statement, Answer pushed, List<String> differences)
      throws SQLException {
    compare(statement, pushed, "in H2", h2.rows(statement.sql()), differences);
  }

  private static void compare(
      Statement statement,
      Answer pushed,
      String where,
      List<List<Object>> rows,
      List<String> differences) {
    List<String> expected = texts(rows, statement.ordered());
    List<String> actual = texts(pushed.rows(), statement.ordered());
    if (!expected.equals(actual)) {
      String request = pushed.requests().isEmpty() ? "none" : pushed.requests().get(0).url();
      differences.add(
          "%s%n  %d rows with pushdown, %d %s; first difference %s%n  request %s%n%s"
              .formatted(
                  statement.sql(),
                  actual.size(),
                  expected.size(),
                  where,
                  firstDifference(actual, expected),
                  request,
                  shop.plan(statement.sql()).indent(4)));
    }
  }

  private static String firstDifference(List<String> actual, List<String> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        return actual.get(i) + " instead of " + expected.get(i);
      }
    }
    return "in the number of rows";
  }

  private static List<String> texts(List<List<Object>> rows, boolean ordered) {
    List<String> texts = new ArrayList<>();
    for (List<Object> row : rows) {
      texts.add(row.stream().map(PushdownTest::text).toList().toString());
    }
    if (!ordered) {
      texts.sort(null);
    }
    return texts;
  }

  /** Numbers by value, to nine digits after the point. */
  private static String text(Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString())
            .setScale(9, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : String.valueOf(value);
  }
}

package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.quire.engine.StatementOptions;
import dev.quire.it.sql.CrmStatements.Statement;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private static final int STATEMENTS = Integer.getInteger("quire.statements", 1_000);
  private static final int MOST_SHOWN = 20;
  private static final String FAILED = "no answer: ";
  private static final StatementOptions PLAIN = StatementOptions.DEFAULT.withPushdown(false);

  private static SampleServer server;
  private static Statements crm;
  private static H2 h2;

  @BeforeAll
  static void start() throws SQLException {
    server =
        SampleServer.start(
            SampleOptions.DEFAULT
                .withAccounts(100)
                .withContacts(150)
                .withOpportunities(90)
                .withEdgeCases(150));
    crm = Statements.over(server.baseUrl(), Map.of("profile", "dataverse", "page_size", "60"));
    h2 = H2.open();
    h2.load(server, "edgecases", EdgeStatements.TABLE);
    for (Map.Entry<String, List<String>> table : CrmStatements.tables().entrySet()) {
      h2.load(server, table.getKey(), table.getValue());
    }
    h2.relate();
  }

  @AfterAll
  static void stop() throws SQLException {
    h2.close();
    crm.close();
    server.close();
  }

  @Test
  void statements_over_awkward_values_agree() {
    EdgeStatements statements = new EdgeStatements(SEED);
    assertAgreed(
        STATEMENTS,
        () -> {
          String sql = statements.next();
          return new Statement(sql, sql.contains(" ORDER BY k0"));
        });
  }

  @Test
  void statements_over_business_data_agree() {
    CrmStatements statements = new CrmStatements(SEED);
    assertAgreed(STATEMENTS / 4, statements::next);
  }

  /** A statement that fails in one way must fail in all. */
  private static void assertAgreed(int count, Supplier<Statement> statements) {
    List<String> differences = new ArrayList<>();
    List<String> unanswered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Statement made = statements.get();
      List<String> pushed = answer(made, () -> crm.rows(made.sql()));
      compare(made, "without pushdown", pushed, () -> crm.rows(made.sql(), PLAIN), differences);
      compare(made, "in H2", pushed, () -> h2.rows(made.sql()), differences);
      if (failed(pushed)) {
        unanswered.add(made.sql() + "\n  " + pushed.get(0));
      }
    }
    if (!differences.isEmpty()) {
      fail(
          "%d answers to %d statements differ (-Dquire.seed=%d):%n%n%s",
          differences.size(), count, SEED, shown(differences));
    }
    assertThat(unanswered.size())
        .as("statements without an answer (-Dquire.seed=%d):%n%s", SEED, shown(unanswered))
        .isLessThan(1 + count / 20);
  }

  private static String shown(List<String> all) {
    return String.join("\n", all.subList(0, Math.min(MOST_SHOWN, all.size())));
  }

  /** The rows as texts, sorted if their order is free; one that says why there are none. */
  private static List<String> answer(
      Statement statement, Callable<List<? extends List<@Nullable Object>>> rows) {
    List<String> texts = new ArrayList<>();
    try {
      for (List<@Nullable Object> row : rows.call()) {
        texts.add(row.stream().map(GeneratedStatementsTest::text).toList().toString());
      }
    } catch (Exception e) {
      return List.of(FAILED + e.getMessage());
    }
    if (!statement.ordered()) {
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
      Statement statement,
      String where,
      List<String> pushed,
      Callable<List<? extends List<@Nullable Object>>> rows,
      List<String> differences) {
    List<String> other = answer(statement, rows);
    boolean bothFail = failed(pushed) && failed(other);
    if (!bothFail && !pushed.equals(other)) {
      differences.add(
          "%s%n  %d rows with pushdown, %d %s; %s%n%s"
              .formatted(
                  statement.sql(),
                  pushed.size(),
                  other.size(),
                  where,
                  first(pushed, other),
                  plan(statement)));
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

  private static String plan(Statement statement) {
    try {
      return crm.engine().explain(statement.sql(), StatementOptions.DEFAULT).text().indent(4);
    } catch (RuntimeException e) {
      return "    no plan: " + e.getMessage();
    }
  }
}

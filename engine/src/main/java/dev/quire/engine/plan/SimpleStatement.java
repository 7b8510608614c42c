package dev.quire.engine.plan;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import dev.quire.engine.plan.StatementTokens.Kind;
import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.Expression.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A statement that says no more than {@code SELECT columns FROM table WHERE column = constant AND …
 * LIMIT n OFFSET m}, as most do. Such a one is read without a grammar of SQL, whose classes take
 * longer to load than a first page to come. What is not certain to mean here what it means there is
 * not simple. Immutable.
 *
 * @param table the parts of its name
 * @param items what is selected; empty for {@code *}
 */
record SimpleStatement(
    List<String> table,
    List<Item> items,
    List<Condition> conditions,
    OptionalLong limit,
    long offset) {

  /** Digits that fit into an INTEGER in any case. */
  private static final int MOST_DIGITS = 9;

  private static final Map<String, Function> COMPARISONS =
      Map.of(
          "=", Function.EQ,
          "<>", Function.NE,
          "<", Function.LT,
          "<=", Function.LE,
          ">", Function.GT,
          ">=", Function.GE);

  /** Words that the grammar takes for something else than a name, quotes apart. */
  private static final Set<String> NOT_NAMES =
      Set.of(
          ("BY CASE CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_PATH CURRENT_ROLE CURRENT_SCHEMA"
                  + " CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DISTINCT EXCEPT EXISTS FALSE"
                  + " FINAL FROM HAVING INNER INTERSECT JOIN LOCALTIME LOCALTIMESTAMP NEW NOT NULL"
                  + " ON RUNNING SELECT SESSION_USER SYSTEM_USER THEN TRUE UNION UNIQUE UNKNOWN"
                  + " USER WHERE WITH")
              .split(" "));

  /** Words that it does not take for the only one of a table's name. */
  private static final Set<String> NOT_TABLES =
      Set.of(
          ("ANY ASOF CALL CREATE CURRENT CURSOR DATE DATEADD DATEDIFF DATEPART DATETIME"
                  + " DATE_PART DEFAULT DEFINE DELETE DESCRIBE DROP EXPLAIN FETCH FRIDAY FULL"
                  + " GRANT GROUP GROUPING IN INSERT INTERVAL INTO JSON_SCOPE LATERAL LEFT LIMIT"
                  + " MATCH_CONDITION MATCH_RECOGNIZE MEASURE MERGE MINUS MONDAY NATURAL NEXT"
                  + " OFFSET ORDER ORDINAL OUTER OVER PARTITION PATTERN QUALIFY RANGE RIGHT ROLLUP"
                  + " ROW ROWS SAFE_CAST SAFE_OFFSET SAFE_ORDINAL SATURDAY SET SKIP SNAPSHOT SOME"
                  + " STREAM SUNDAY TABLE TABLESAMPLE THURSDAY TIME TIMESTAMP TRY_CAST TUESDAY"
                  + " UNNEST UNSIGNED UPDATE USING UUID VALUES VARIANT VOLATILE WEDNESDAY WHEN"
                  + " WINDOW")
              .split(" "));

  SimpleStatement {
    table = List.copyOf(table);
    items = List.copyOf(items);
    conditions = List.copyOf(conditions);
  }

  /** A column and what the result calls it. */
  record Item(String column, String label) {}

  /**
   * A column compared with a constant.
   *
   * @param value a String or an Integer
   */
  record Condition(String column, Function function, Object value) {}

  /**
   * The statement of a text.
   *
   * @throws NotSimple if it says something else
   */
  static SimpleStatement of(String sql) {
    NotSimple.unless(sql.indexOf('`') < 0 && !sql.contains("/*"));
    List<Token> tokens = new ArrayList<>(StatementTokens.of(sql));
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isSign(";")) {
      tokens.remove(tokens.size() - 1);
    }
    return new Reader(tokens).statement();
  }

  /** Reads from left to right, as long as that is simple. */
  private static final class Reader {
    private final List<Token> tokens;
    private int at;

    Reader(List<Token> tokens) {
      this.tokens = tokens;
    }

    SimpleStatement statement() {
      NotSimple.unless(word("SELECT"));
      List<Item> items = sign("*") ? List.of() : items();
      NotSimple.unless(word("FROM"));
      List<String> table = table();
      List<Condition> conditions = word("WHERE") ? conditions() : List.of();
      OptionalLong limit = word("LIMIT") ? OptionalLong.of(number()) : OptionalLong.empty();
      boolean skips = word("OFFSET");
      long offset = skips ? number() : 0;
      NotSimple.unless(at == tokens.size() && skips == offset > 0);
      return new SimpleStatement(table, items, conditions, limit, offset);
    }

    private List<Item> items() {
      List<Item> items = new ArrayList<>();
      do {
        String column = name();
        items.add(new Item(column, word("AS") ? name() : column));
      } while (sign(","));
      return items;
    }

    private List<String> table() {
      List<String> parts = new ArrayList<>();
      do {
        parts.add(name());
      } while (sign("."));
      NotSimple.unless(parts.size() > 1 || !NOT_TABLES.contains(parts.get(0).toUpperCase(ROOT)));
      return parts;
    }

    private List<Condition> conditions() {
      List<Condition> conditions = new ArrayList<>();
      do {
        String column = name();
        String sign = take().text();
        NotSimple.unless(COMPARISONS.containsKey(sign));
        conditions.add(new Condition(column, requireNonNull(COMPARISONS.get(sign)), value()));
      } while (word("AND"));
      return conditions;
    }

    private Object value() {
      Token constant = take();
      if (constant.kind() == Kind.TEXT) {
        return constant.text().substring(1, constant.text().length() - 1).replace("''", "'");
      }
      at--;
      return (int) number();
    }

    private long number() {
      Token number = take();
      boolean isWhole =
          number.kind() == Kind.NUMBER
              && number.text().length() <= MOST_DIGITS
              && number.text().chars().allMatch(c -> c >= '0' && c <= '9');
      NotSimple.unless(isWhole);
      return Long.parseLong(number.text());
    }

    /** A name that is one in any grammar. */
    private String name() {
      Token token = take();
      if (token.kind() == Kind.QUOTED) {
        String name = token.text().substring(1, token.text().length() - 1);
        NotSimple.unless(!name.isEmpty() && name.indexOf('"') < 0 && name.indexOf('.') < 0);
        return name;
      }
      NotSimple.unless(token.kind() == Kind.WORD && !NOT_NAMES.contains(token.upper()));
      NotSimple.unless(token.text().chars().allMatch(c -> c < 128));
      return token.text();
    }

    private Token take() {
      NotSimple.unless(at < tokens.size());
      return tokens.get(at++);
    }

    private boolean word(String word) {
      return isNext(at < tokens.size() && tokens.get(at).upper().equals(word));
    }

    private boolean sign(String sign) {
      return isNext(at < tokens.size() && tokens.get(at).isSign(sign));
    }

    private boolean isNext(boolean here) {
      at += here ? 1 : 0;
      return here;
    }
  }
}

package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementTokens.Kind;
import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE local.x AS SELECT …} and {@code DROP TABLE local.x}. Immutable.
 *
 * @param source that keeps it
 * @param query whose result is kept, at its place in the text; empty for a DROP
 * @param lenient OR REPLACE, or IF EXISTS
 */
public record KeepStatement(String source, String table, Optional<String> query, boolean lenient) {
  /** Where tables without a source are kept. */
  private static final String DEFAULT_SOURCE = "local";

  /** Without one of these words no other is looked at. */
  private static final Pattern BEGINNING =
      Pattern.compile("\\b(CREATE|DROP)\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /**
   * Empty for any other statement.
   *
   * @throws SourceException SYNTAX for one that begins as these do, and goes on in another way
   */
  public static Optional<KeepStatement> find(String sql) {
    if (!BEGINNING.matcher(sql).find()) {
      return Optional.empty();
    }
    Reader reader = new Reader(sql, StatementTokens.of(sql));
    if (reader.takes("CREATE")) {
      boolean replace = reader.takes("OR", "REPLACE");
      return reader.takes("TABLE") ? Optional.of(create(sql, reader, replace)) : Optional.empty();
    }
    return reader.takes("DROP", "TABLE") ? Optional.of(drop(reader)) : Optional.empty();
  }

  private static KeepStatement create(String sql, Reader reader, boolean replace) {
    List<String> names = reader.names();
    if (!reader.takes("AS")) {
      throw reader.fault("AS and a query");
    }
    Token first = reader.here();
    boolean isQuery = first != null && (QUERIES.contains(first.upper()) || first.isSign("("));
    if (first == null || !isQuery) {
      throw reader.fault("a query");
    }
    String before = sql.substring(0, first.start()).replaceAll("[^\\n]", " ");
    return new KeepStatement(
        source(names), table(names), Optional.of(before + sql.substring(first.start())), replace);
  }

  private static KeepStatement drop(Reader reader) {
    boolean lenient = reader.takes("IF", "EXISTS");
    List<String> names = reader.names();
    if (reader.here() != null && !reader.isLast()) {
      throw reader.fault("the end");
    }
    return new KeepStatement(source(names), table(names), Optional.empty(), lenient);
  }

  private static String source(List<String> names) {
    return names.size() == 1 ? DEFAULT_SOURCE : names.get(0);
  }

  private static String table(List<String> names) {
    return names.get(names.size() - 1);
  }

  /** Reads tokens one by one. One thread. */
  private static final class Reader {
    private final String sql;
    private final List<Token> tokens;
    private int next;

    Reader(String sql, List<Token> tokens) {
      this.sql = sql;
      this.tokens = tokens;
    }

    @Nullable Token here() {
      return next < tokens.size() ? tokens.get(next) : null;
    }

    /** Whether nothing but a semicolon is left. */
    boolean isLast() {
      return next == tokens.size() - 1 && tokens.get(next).isSign(";");
    }

    boolean takes(String... words) {
      for (int i = 0; i < words.length; i++) {
        if (next + i >= tokens.size() || !tokens.get(next + i).upper().equals(words[i])) {
          return false;
        }
      }
      next += words.length;
      return true;
    }

    /** One name, or two with a dot between them. */
    List<String> names() {
      List<String> names = new ArrayList<>(List.of(name()));
      if (here() != null && tokens.get(next).isSign(".")) {
        next++;
        names.add(name());
      }
      return names;
    }

    private String name() {
      Token token = here();
      if (token == null || (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED)) {
        throw fault("the name of a table, as local.runs");
      }
      next++;
      String text = token.text();
      String quote = text.substring(0, 1);
      return token.kind() == Kind.WORD
          ? text
          : text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    SourceException fault(String expected) {
      Token token = here();
      String advice =
          "Expected here: " + expected + ". Quire keeps results: CREATE TABLE local.x AS SELECT …";
      StatementText text = StatementText.of(sql);
      String problem = "the statement is not complete";
      return token == null
          ? text.faultAtEnd(ErrorKind.SYNTAX, problem + "; expected here: " + expected)
          : text.fault(
              ErrorKind.SYNTAX,
              "syntax error at '" + token.text() + "'",
              token.start(),
              token.end(),
              advice);
    }
  }
}

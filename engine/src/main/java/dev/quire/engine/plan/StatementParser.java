package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/**
 * Text to syntax tree with Calcite's Babel grammar. Where that fails at a word, the word is quoted
 * and the text is read again, so that {@code SELECT order, group FROM t} works; it happens only
 * after an error, so it never changes what a valid statement means.
 */
final class StatementParser {
  private static final int MOST_QUOTED = 30;
  private static final int MOST_EXPECTED = 5;
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern TOKEN = Pattern.compile(WORD.pattern() + "|\\S");
  private static final Pattern LAST_WORD = Pattern.compile("(" + WORD.pattern() + ")\\s*$");
  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line");
  private static final int[] NOWHERE = {0, 0};

  /** Words that are never a name without quotes. */
  private static final Set<String> CLAUSES =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "HAVING",
          "JOIN",
          "ON",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "AND",
          "OR",
          "NOT",
          "AS",
          "BY",
          "CASE",
          "THEN",
          "ELSE",
          "INNER",
          "CROSS",
          "WITH",
          "DISTINCT");

  /** A text after which a name must follow. */
  private static final Pattern AWAITS_NAME =
      Pattern.compile(
          "([,(.=<>+*/|-]|\\b(BY|AND|OR|NOT|ON|WHERE|HAVING|SELECT))\\s*$",
          Pattern.CASE_INSENSITIVE);

  /** What reads a file that is named without a source. */
  private static final String READ_FILE = "files.read(";

  /** Words after which a table stands. */
  private static final Set<String> AWAIT_TABLE = Set.of("FROM", "JOIN");

  private StatementParser() {}

  /**
   * A statement that was read.
   *
   * @param text as the parser read it, so that places in the tree can be found
   */
  record Parsed(StatementText text, SqlNode tree) {

    /** The same statement for another attempt: the validator changes the tree that it is given. */
    SqlNode newTree() {
      try {
        return read(text);
      } catch (SqlParseException e) {
        throw new IllegalStateException("a statement that was read cannot be read again", e);
      }
    }
  }

  static Parsed parse(String sql) {
    StatementText text = StatementText.of(sql);
    if (text.isBlank()) {
      throw new SourceException(ErrorKind.SYNTAX, "the statement is empty");
    }
    SqlParseException first = null;
    int last = -1;
    StatementText attempt = text;
    for (int i = 0; i <= MOST_QUOTED; i++) {
      try {
        return onlyQueries(new Parsed(attempt, read(attempt)));
      } catch (SqlParseException e) {
        first = first == null ? e : first;
        Token file = fileName(attempt, e);
        if (file != null) {
          attempt = attempt.withAround(file.start(), file.end(), READ_FILE, ")");
          continue;
        }
        int[] word = culprit(attempt, e);
        if (word == NOWHERE || word[0] == last) {
          break;
        }
        attempt = attempt.withQuotes(word[0], word[1]);
        last = word[0];
      }
    }
    throw syntaxFault(text, Objects.requireNonNull(first));
  }

  /** The text in the place of a table that the parser stumbled over: {@code FROM 'runs.csv'}. */
  private static @Nullable Token fileName(StatementText text, SqlParseException fault) {
    SqlParserPos pos = fault.getPos();
    if (pos == null) {
      return null;
    }
    int from = text.offset(pos.getLineNum(), pos.getColumnNum());
    List<Token> tokens = StatementTokens.of(text.parsed());
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      boolean awaitsTable = AWAIT_TABLE.contains(before.upper()) || before.isSign(",");
      if (tokens.get(i).kind() == StatementTokens.Kind.TEXT && tokens.get(i).start() >= from) {
        return awaitsTable && before.end() >= from ? tokens.get(i) : null;
      }
    }
    return null;
  }

  /**
   * Where the word that the parser stumbled over begins and ends in the text, both 0 if there is
   * none. It names the tokens from the first that did not fit: {@code Encountered ", limit"}.
   */
  private static int[] culprit(StatementText text, SqlParseException fault) {
    SqlParserPos pos = fault.getPos();
    if (pos == null || atEnd(fault)) {
      return NOWHERE;
    }
    Matcher encountered = ENCOUNTERED.matcher(firstLine(fault));
    int tokens = encountered.find() ? encountered.group(1).trim().split("\\s+").length : 2;
    Matcher token = TOKEN.matcher(text.parsed());
    int from = text.offset(pos.getLineNum(), pos.getColumnNum());
    for (int i = 0; i < tokens && token.find(from); i++) {
      if (mayBeName(text, token.start(), token.end())) {
        return new int[] {token.start(), token.end()};
      }
      from = token.end();
    }
    return before(text, text.offset(pos.getLineNum(), pos.getColumnNum()));
  }

  /** The word before an offset: after {@code WHERE unique}, the sign is what does not fit. */
  private static int[] before(StatementText text, int offset) {
    Matcher word = LAST_WORD.matcher(text.parsed()).region(0, offset);
    return word.find() && mayBeName(text, word.start(1), word.end(1))
        ? new int[] {word.start(1), word.end(1)}
        : NOWHERE;
  }

  /** Whether a word that the parser stumbled over can be meant as a name. */
  private static boolean mayBeName(StatementText text, int from, int to) {
    String word = text.parsed().substring(from, to);
    if (!WORD.matcher(word).matches() || CLAUSES.contains(word.toUpperCase(Locale.ROOT))) {
      return false;
    }
    boolean isLast = text.parsed().substring(to).isBlank();
    return !isLast || AWAITS_NAME.matcher(text.parsed().substring(0, from)).find();
  }

  private static SqlNode read(StatementText text) throws SqlParseException {
    SqlParser.Config config =
        SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(text.quoting())
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(1_000)
            .withConformance(SqlConformanceEnum.BABEL);
    return SqlParser.create(text.parsed(), config).parseStmt();
  }

  private static Parsed onlyQueries(Parsed parsed) {
    SqlNode tree = parsed.tree();
    if (tree.isA(SqlKind.QUERY)) {
      return parsed;
    }
    throw parsed
        .text()
        .fault(
            ErrorKind.UNSUPPORTED,
            "Quire reads; it runs SELECT, VALUES, WITH and EXPLAIN, not "
                + tree.getKind().name().replace('_', ' '),
            tree.getParserPosition().withQuoting(false));
  }

  private static SourceException syntaxFault(StatementText text, SqlParseException fault) {
    SyntaxFaults faults = new SyntaxFaults(text);
    SqlParserPos pos = fault.getPos();
    return faults
        .obvious()
        .orElseGet(
            () ->
                pos == null || firstLine(fault).contains("<EOF>\"")
                    ? faults.atEnd()
                    : faults.at(text.originalOffset(pos), expected(fault)));
  }

  private static boolean atEnd(SqlParseException fault) {
    return firstLine(fault).contains("\"<EOF>\"");
  }

  private static String firstLine(SqlParseException fault) {
    String message = String.valueOf(fault.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static String expected(SqlParseException fault) {
    TreeSet<String> words = new TreeSet<>();
    int[][] sequences = fault.getExpectedTokenSequences();
    String[] images = fault.getTokenImages();
    if (sequences == null || images == null) {
      return "";
    }
    for (int[] sequence : sequences) {
      if (sequence.length > 0) {
        String image = images[sequence[0]];
        words.add(image.startsWith("<") ? "a name or value" : image.replace("\"", ""));
      }
    }
    return words.isEmpty() || words.size() > MOST_EXPECTED
        ? ""
        : "Expected here: " + String.join(", ", words);
  }
}

package dev.quire.engine.plan;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * Text to syntax tree with Calcite's Babel grammar. Where that fails at a word, the word is quoted
 * and the text is read again, so that {@code SELECT order, group FROM t} works; it happens only
 * after an error, so it never changes what a valid statement means.
 */
final class StatementParser {
  private static final int MOST_QUOTED = 30;
  private static final int MOST_EXPECTED = 5;
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

  private StatementParser() {}

  /**
   * A statement that was read.
   *
   * @param text as the parser read it, so that places in the tree can be found
   */
  record Parsed(StatementText text, SqlNode tree) {}

  static Parsed parse(String sql) {
    StatementText text = StatementText.of(sql);
    if (text.isBlank()) {
      throw new SourceException(ErrorKind.SYNTAX, "the statement is empty");
    }
    SqlParseException first = null;
    SqlParserPos last = SqlParserPos.ZERO;
    StatementText attempt = text;
    for (int i = 0; i <= MOST_QUOTED; i++) {
      try {
        return onlyQueries(new Parsed(attempt, read(attempt)));
      } catch (SqlParseException e) {
        first = first == null ? e : first;
        SqlParserPos pos = e.getPos();
        if (pos == null || pos.equals(last) || !WORD.matcher(attempt.at(pos)).matches()) {
          break;
        }
        int from = attempt.offset(pos.getLineNum(), pos.getColumnNum());
        attempt = attempt.withQuotes(from, from + attempt.at(pos).length());
        last = pos;
      }
    }
    throw syntaxFault(text, java.util.Objects.requireNonNull(first));
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
    SqlParserPos pos = fault.getPos();
    if (pos == null) {
      return new SourceException(ErrorKind.SYNTAX, firstLine(fault));
    }
    String found = text.at(pos);
    String message = firstLine(fault);
    if (found.isEmpty() || message.contains("\"<EOF>\"")) {
      return text.faultAtEnd(ErrorKind.SYNTAX, "the statement ends too early");
    }
    if (!message.startsWith("Encountered") && !message.startsWith("Incorrect syntax")) {
      return text.fault(ErrorKind.SYNTAX, message, pos);
    }
    return text.fault(
        ErrorKind.SYNTAX, "the statement cannot be read at '" + found + "'", pos, expected(fault));
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

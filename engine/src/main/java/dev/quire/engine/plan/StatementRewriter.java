package dev.quire.engine.plan;

import dev.quire.engine.rel.IsoText;
import dev.quire.spi.ErrorKind;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Changes a syntax tree before it is validated: parameters and the current time become constants,
 * so that both can be pushed and the time is the same everywhere in a statement; ISO forms of
 * TIMESTAMP and DATE literals become SQL's; texts have no character set; {@code user} is a column;
 * and dotted column names that were written without quotes become one name.
 */
final class StatementRewriter extends SqlShuttle {
  private static final Set<String> MOMENT = Set.of("CURRENT_TIMESTAMP", "NOW");
  private static final Set<String> CLOCK =
      Set.of("LOCALTIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIME");

  private static final Pattern FINER_THAN_MILLIS = Pattern.compile("\\.\\d{3}0*[1-9]");

  private final StatementText text;
  private final PlanOptions options;
  private final Set<Dotted> dotted;
  private final LocalDateTime now;
  private final boolean bindsParameters;

  /**
   * A name that is to be joined.
   *
   * @param from index of the first part that belongs to the column's name
   */
  record Dotted(int line, int column, int from) {
    static Dotted at(SqlParserPos pos, int from) {
      return new Dotted(pos.getLineNum(), pos.getColumnNum(), from);
    }
  }

  /** A rewriter that replaces parameters by their values. */
  static StatementRewriter binding(StatementText text, PlanOptions options, Set<Dotted> dotted) {
    return new StatementRewriter(text, options, dotted, true);
  }

  /** A rewriter that leaves parameters as they are, for a statement that is not run. */
  static StatementRewriter keeping(StatementText text, PlanOptions options, Set<Dotted> dotted) {
    return new StatementRewriter(text, options, dotted, false);
  }

  private StatementRewriter(
      StatementText text, PlanOptions options, Set<Dotted> dotted, boolean bindsParameters) {
    this.bindsParameters = bindsParameters;
    this.text = text;
    this.options = options;
    this.dotted = dotted;
    this.now = LocalDateTime.ofInstant(options.now(), ZoneOffset.UTC);
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    if (!bindsParameters) {
      return parameter;
    }
    int index = parameter.getIndex();
    if (index >= options.parameters().size()) {
      throw text.fault(
          ErrorKind.INVALID_STATEMENT,
          "the statement has a parameter ? without a value; "
              + options.parameters().size()
              + " were given",
          parameter.getParserPosition());
    }
    return SqlConstants.literal(options.parameters().get(index), parameter.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral
        && FINER_THAN_MILLIS.matcher(String.valueOf(literal.getValue())).find()) {
      throw text.fault(
          ErrorKind.UNSUPPORTED,
          "an interval is written in milliseconds at the finest",
          literal.getParserPosition(),
          "TIMESTAMPADD(MICROSECOND, n, time) and TIMESTAMPDIFF(MICROSECOND, sooner, later) are"
              + " finer.");
    }
    if (literal instanceof SqlCharStringLiteral string) {
      return plain(string);
    }
    if (!(literal instanceof SqlUnknownLiteral unknown)) {
      return literal;
    }
    String value = String.valueOf(unknown.getValue());
    SqlParserPos pos = literal.getParserPosition();
    try {
      return switch (unknown.tag.toUpperCase(Locale.ROOT)) {
        case "TIMESTAMP", "DATETIME" -> SqlConstants.literal(IsoText.timestamp(value), pos);
        case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH TIME ZONE" ->
            SqlConstants.literal(IsoText.moment(value), pos);
        case "DATE" -> SqlConstants.literal(IsoText.date(value), pos);
        case "TIME" -> SqlConstants.literal(IsoText.time(value), pos);
        default -> literal;
      };
    } catch (DateTimeException e) {
      String what = "'" + value + "' cannot be read as " + unknown.tag.toUpperCase(Locale.ROOT);
      throw text.fault(ErrorKind.INVALID_VALUE, what + ": " + e.getMessage(), pos);
    }
  }

  /** A text without a character set of its own, as {@code U&'…'} has: all texts are Unicode. */
  private static SqlLiteral plain(SqlCharStringLiteral literal) {
    NlsString value = literal.getValueAs(NlsString.class);
    return value.getCharsetName() == null
        ? literal
        : SqlLiteral.createCharString(value.getValue(), literal.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.operandCount() == 0 || isClock(name)) {
      if (name.equals("USER")) {
        return new SqlIdentifier("user", call.getParserPosition());
      }
      SqlNode clock = clock(name, call.getParserPosition());
      if (clock != null) {
        return clock;
      }
    }
    SqlNode changed = super.visit(call);
    if (!(changed instanceof SqlCall visited)) {
      return changed == null ? call : changed;
    }
    return Synonyms.standard(visited).orElse(visited);
  }

  private static boolean isClock(String name) {
    return MOMENT.contains(name) || CLOCK.contains(name);
  }

  private @Nullable SqlNode clock(String name, SqlParserPos pos) {
    return switch (name) {
      case "CURRENT_TIMESTAMP", "NOW" -> SqlConstants.literal(options.now(), pos);
      case "LOCALTIMESTAMP" -> SqlConstants.literal(now, pos);
      case "CURRENT_DATE" -> SqlConstants.literal(now.toLocalDate(), pos);
      case "CURRENT_TIME", "LOCALTIME" -> SqlConstants.literal(now.toLocalTime(), pos);
      default -> null;
    };
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    if (id.isSimple()) {
      SqlNode clock =
          quoted(id)
              ? null
              : clock(id.getSimple().toUpperCase(Locale.ROOT), id.getParserPosition());
      return clock == null || id.getSimple().equalsIgnoreCase("NOW") ? id : clock;
    }
    for (Dotted each : dotted) {
      SqlParserPos pos = id.getParserPosition();
      if (each.line() == pos.getLineNum() && each.column() == pos.getColumnNum()) {
        return join(id, each.from());
      }
    }
    return id;
  }

  private static boolean quoted(SqlIdentifier id) {
    return id.isComponentQuoted(0);
  }

  private static SqlIdentifier join(SqlIdentifier id, int from) {
    List<String> names = new ArrayList<>(id.names.subList(0, from));
    names.add(String.join(".", id.names.subList(from, id.names.size())));
    return new SqlIdentifier(names, id.getParserPosition());
  }
}

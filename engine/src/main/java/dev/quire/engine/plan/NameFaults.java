package dev.quire.engine.plan;

import static java.util.Locale.ROOT;

import dev.quire.engine.plan.StatementParser.Parsed;
import dev.quire.engine.plan.StatementRewriter.Dotted;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Says what the validator has found in the user's words: the name that does not exist, the nearest
 * that do, and a caret under the place. For one statement.
 */
final class NameFaults {
  private static final Pattern OBJECT =
      Pattern.compile("Object '(.*?)' not found(?: within '(.*?)')?(?:; did you mean.*)?");
  private static final Pattern COLUMN =
      Pattern.compile("Column '(.*?)' not found in (?:any table|table '(.*?)')(?:; did you.*)?");
  private static final Pattern TABLE = Pattern.compile("Table '(.*?)' not found(?:; did you.*)?");
  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature (.*)");

  private final Parsed parsed;
  private final Catalog catalog;

  NameFaults(Parsed parsed, Catalog catalog) {
    this.parsed = parsed;
    this.catalog = catalog;
  }

  /**
   * Whether the statement may be right all the same. A name at the place of the fault whose last
   * parts together are a column's name, or that of a table below another one, is to be joined; a
   * table that can have a column of the missing name gets it.
   *
   * @param joined the names that are to be joined; added to
   */
  boolean repaired(CalciteContextException fault, Set<Dotted> joined) {
    String message = message(fault);
    Matcher object = OBJECT.matcher(message);
    if (object.matches() && object.group(2) != null) {
      Optional<Dotted> below = tableBelow(object.group(2), pos(fault), joined);
      below.ifPresent(joined::add);
      return below.isPresent();
    }
    Matcher column = COLUMN.matcher(message);
    boolean missing = column.matches();
    if (!missing && !TABLE.matcher(message).matches()) {
      return false;
    }
    boolean widened = missing && catalog.widen(column.group(1));
    for (SqlIdentifier id : qualifiedAt(pos(fault))) {
      for (int from = 0; from < id.names.size() - 1; from++) {
        widened |= catalog.widen(String.join(".", id.names.subList(from, id.names.size())));
      }
    }
    Optional<Dotted> dotted = dottedColumn(pos(fault), joined);
    dotted.ifPresent(joined::add);
    return widened || dotted.isPresent();
  }

  private Optional<Dotted> tableBelow(String within, SqlParserPos pos, Set<Dotted> joined) {
    String source = within.split("\\.", 2)[0];
    for (SqlIdentifier id : qualifiedAt(pos)) {
      int from = id.names.size() - 2;
      Dotted dotted = Dotted.at(id.getParserPosition(), from);
      if (!joined.contains(dotted)
          && catalog.hasBelow(source, id.names.get(from), id.names.get(from + 1))) {
        catalog.forget(source, id.names.get(from));
        return Optional.of(dotted);
      }
    }
    return Optional.empty();
  }

  private Optional<Dotted> dottedColumn(SqlParserPos pos, Set<Dotted> joined) {
    for (SqlIdentifier id : qualifiedAt(pos)) {
      for (int from = 0; from < id.names.size() - 1; from++) {
        Dotted dotted = Dotted.at(id.getParserPosition(), from);
        String name = String.join(".", id.names.subList(from, id.names.size()));
        if (!joined.contains(dotted) && columns().stream().anyMatch(name::equalsIgnoreCase)) {
          return Optional.of(dotted);
        }
      }
    }
    return Optional.empty();
  }

  private List<SqlIdentifier> qualifiedAt(SqlParserPos pos) {
    List<SqlIdentifier> names = new ArrayList<>();
    parsed
        .tree()
        .accept(
            new SqlBasicVisitor<@Nullable Void>() {
              @Override
              public @Nullable Void visit(SqlIdentifier id) {
                if (!id.isSimple() && id.getParserPosition().overlaps(pos)) {
                  names.add(id);
                }
                return null;
              }
            });
    return names;
  }

  /** The error as the user should see it. */
  SourceException explain(CalciteContextException fault) {
    String message = message(fault);
    Matcher object = OBJECT.matcher(message);
    if (object.matches()) {
      return unknownObject(
          object.group(1),
          object.group(2),
          parsed.text().within(pos(fault), object.group(1)),
          pos(fault));
    }
    Matcher column = COLUMN.matcher(message);
    Matcher table = TABLE.matcher(message);
    if (column.matches() || table.matches()) {
      Optional<SourceException> related = unknownRelated(pos(fault));
      if (related.isPresent()) {
        return related.get();
      }
    }
    if (column.matches()) {
      return unknownColumn(
          column.group(1), column.group(2), parsed.text().within(pos(fault), column.group(1)));
    }
    if (table.matches()) {
      return unknownAlias(table.group(1), pos(fault));
    }
    Matcher function = FUNCTION.matcher(message);
    if (function.matches()) {
      return at(
          ErrorKind.UNKNOWN_NAME,
          "no function " + function.group(1) + " with these arguments",
          pos(fault));
    }
    return at(ErrorKind.INVALID_STATEMENT, firstSentence(message), pos(fault));
  }

  /** Without the list of supported forms, which runs over many lines. */
  private static String firstSentence(String message) {
    int forms = message.indexOf(". Supported form");
    return (forms < 0 ? message : message.substring(0, forms)).lines().findFirst().orElse("");
  }

  private SourceException at(ErrorKind kind, String problem, SqlParserPos pos) {
    return parsed.text().fault(kind, problem, pos);
  }

  private SourceException unknownObject(
      String name, @Nullable String within, SqlParserPos pos, SqlParserPos whole) {
    List<String> names = catalog.sources().names();
    if (within == null || within.isEmpty()) {
      List<String> home = catalog.defaultSchema();
      if (!home.isEmpty() && !isQualifier(name, whole)) {
        Source only = catalog.sources().find(home.get(0)).orElseThrow();
        return at(
            ErrorKind.UNKNOWN_NAME, noTable(name, only, home.size() > 1 ? home.get(1) : ""), pos);
      }
      if (names.stream().anyMatch(name::equalsIgnoreCase)) {
        return at(ErrorKind.UNKNOWN_NAME, "'" + name + "' is a source, not a table", pos);
      }
      return at(
          ErrorKind.UNKNOWN_NAME,
          "no source '" + name + "'" + sourcesHint(name, names, whole),
          pos);
    }
    String[] path = within.split("\\.", 2);
    Optional<Source> source = catalog.sources().find(path[0]);
    return source
        .map(
            found ->
                at(
                    ErrorKind.UNKNOWN_NAME,
                    noTable(name, found, path.length > 1 ? path[1] : ""),
                    pos))
        .orElseGet(() -> at(ErrorKind.UNKNOWN_NAME, "no source '" + path[0] + "'", pos));
  }

  /** Whether a name stands before a dot, and so can only be a source's. */
  private boolean isQualifier(String name, SqlParserPos whole) {
    String text = parsed.text().at(whole);
    return text.startsWith(name + ".") || text.startsWith('"' + name + "\".");
  }

  private String sourcesHint(String name, List<String> names, SqlParserPos pos) {
    if (names.isEmpty()) {
      return "; no source is configured";
    }
    String near = nearest(name, names);
    boolean qualified = parsed.text().at(pos).contains(".");
    return qualified || !near.isEmpty()
        ? (near.isEmpty() ? "." : near) + " The sources are " + String.join(", ", names) + "."
        : "; a table is written with its source, such as "
            + names.get(0)
            + "."
            + name
            + " (sources: "
            + String.join(", ", names)
            + ")";
  }

  private String noTable(String name, Source source, String namespace) {
    List<String> tables =
        source.tables(namespace, catalog.context()).stream().map(TableName::name).toList();
    List<String> all = new ArrayList<>(tables);
    if (namespace.isEmpty()) {
      all.addAll(source.namespaces());
    }
    String where = source.name() + (namespace.isEmpty() ? "" : "." + namespace);
    return "no table '" + name + "' in " + where + nearest(name, all);
  }

  private SourceException unknownColumn(String name, @Nullable String table, SqlParserPos pos) {
    String where = table == null ? "" : " in " + table;
    String near = nearest(name, columns());
    String advice =
        near.isEmpty() && parsed.text().isInDoubleQuotes(pos)
            ? "Double quotes are for names; text stands in single quotes: '" + name + "'"
            : "";
    return parsed
        .text()
        .fault(ErrorKind.UNKNOWN_NAME, "no column '" + name + "'" + where + near, pos, advice);
  }

  /** A column of a row that a row refers to, where the names of such columns come near. */
  private Optional<SourceException> unknownRelated(SqlParserPos pos) {
    RelatedNames related = new RelatedNames(catalog.relatedColumns());
    List<String> wrong = new ArrayList<>();
    qualifiedAt(pos).forEach(id -> wrong.add(String.join(".", Util.last(id.names, 2))));
    wrong.add(parsed.text().at(pos).replace("\"", ""));
    return wrong.stream()
        .flatMap(name -> related.problem(name).stream())
        .findFirst()
        .map(problem -> at(ErrorKind.UNKNOWN_NAME, problem, pos));
  }

  private SourceException unknownAlias(String name, SqlParserPos pos) {
    String problem = "no table or alias '" + name + "' in the FROM clause";
    boolean below =
        catalog.tables().stream()
            .anyMatch(each -> each.place().toLowerCase(ROOT).endsWith(suffix(name)));
    String advice = below ? "A table below another one is named by an alias: FROM … AS x" : "";
    return parsed.text().fault(ErrorKind.UNKNOWN_NAME, problem, pos, advice);
  }

  private static String suffix(String name) {
    return (name.contains(".") ? name : "." + name).toLowerCase(ROOT);
  }

  private List<String> columns() {
    return catalog.tables().stream()
        .flatMap(table -> table.table().schema().columns().stream())
        .map(Column::name)
        .distinct()
        .toList();
  }

  private static String nearest(String wrong, List<String> known) {
    return Nearest.question(wrong, known).map(question -> ". " + question).orElse("");
  }

  private static SqlParserPos pos(CalciteContextException fault) {
    return new SqlParserPos(
        fault.getPosLine(), fault.getPosColumn(), fault.getEndPosLine(), fault.getEndPosColumn());
  }

  private static String message(CalciteContextException fault) {
    Throwable cause = fault.getCause();
    return String.valueOf(cause == null ? fault.getMessage() : cause.getMessage());
  }
}

package dev.quire.cli;

import dev.quire.cli.ShellParser.Word;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Proposes sources, tables, the columns of tables that the statement names, keywords and commands.
 * One thread at a time.
 */
final class ShellCompleter implements Completer {
  private static final List<String> KEYWORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "JOIN",
          "LEFT",
          "RIGHT",
          "FULL",
          "INNER",
          "CROSS",
          "ON",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS",
          "NULL",
          "LIKE",
          "BETWEEN",
          "EXISTS",
          "GROUP",
          "BY",
          "HAVING",
          "ORDER",
          "ASC",
          "DESC",
          "NULLS",
          "FIRST",
          "LAST",
          "LIMIT",
          "OFFSET",
          "UNION",
          "ALL",
          "INTERSECT",
          "EXCEPT",
          "WITH",
          "AS",
          "DISTINCT",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "CAST",
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "OVER",
          "PARTITION",
          "DATE",
          "TIMESTAMP",
          "EXPLAIN",
          "TRUE",
          "FALSE");

  /** The words behind which nothing but a table can stand. */
  private static final Pattern TABLE_FOLLOWS = Pattern.compile("(?is).*\\b(from|join)\\s+");

  private final ShellNames names;

  ShellCompleter(ShellNames names) {
    this.names = names;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    propose((Word) line, candidates);
    candidates.sort(Comparator.comparing(Candidate::value));
  }

  private void propose(Word word, List<Candidate> candidates) {
    if (word.word().startsWith("\\") && word.before().isBlank()) {
      ShellHelp.COMMANDS.forEach(name -> add(candidates, name, true));
      return;
    }
    String command = word.before().strip().split("\\s", 2)[0];
    if (command.equals("\\format")) {
      ShellHelp.FORMATS.forEach(name -> add(candidates, name, true));
    } else if (command.equals("\\x")) {
      ShellHelp.EXPANDED.forEach(name -> add(candidates, name, true));
    } else if (word.word().contains(".")) {
      qualified(word, candidates);
    } else {
      names.sources().forEach(name -> add(candidates, name + ".", false));
      if (!command.startsWith("\\d") && !TABLE_FOLLOWS.matcher(word.before()).matches()) {
        unqualified(word, candidates);
      }
    }
  }

  /** Tables of a source, or columns behind an alias. */
  private void qualified(Word word, List<Candidate> candidates) {
    String text = word.word();
    String prefix = text.substring(0, text.lastIndexOf('.'));
    NamedTables tables = NamedTables.in(word.line());
    tables
        .find(prefix)
        .ifPresent(
            table ->
                names
                    .columns(table.name())
                    .forEach(column -> add(candidates, prefix + "." + column, true)));
    String source = text.substring(0, text.indexOf('.'));
    for (String table : names.tables(source)) {
      add(candidates, source + table.substring(table.indexOf('.')), true);
    }
  }

  private void unqualified(Word word, List<Candidate> candidates) {
    for (NamedTables.Named table : NamedTables.in(word.line()).tables()) {
      names.columns(table.name()).forEach(column -> add(candidates, column, true));
      add(candidates, table.alias(), false);
    }
    boolean small = !word.word().isEmpty() && Character.isLowerCase(word.word().charAt(0));
    for (String keyword : KEYWORDS) {
      add(candidates, small ? keyword.toLowerCase(Locale.ROOT) : keyword, true);
    }
  }

  private static void add(List<Candidate> candidates, String value, boolean complete) {
    candidates.add(new Candidate(value, value, null, null, null, null, complete));
  }
}

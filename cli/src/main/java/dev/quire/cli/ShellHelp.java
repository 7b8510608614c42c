package dev.quire.cli;

import java.util.List;

/** The shell's own commands, and what it says about them. */
final class ShellHelp {
  static final List<String> COMMANDS =
      List.of(
          "\\d", "\\dt", "\\explain", "\\format", "\\help", "\\l", "\\q", "\\timing", "\\x", "\\?");

  static final List<String> EXPANDED = List.of("on", "off", "auto");

  static final List<String> FORMATS = List.of("table", "csv", "json", "jsonl");

  static final String TEXT =
      """
      A statement ends with a semicolon and may take several lines.

        \\l                       the sources
        \\d, \\dt                  the tables of all sources
        \\d SOURCE                the tables of a source
        \\d SOURCE.TABLE          the columns of a table
        \\explain STATEMENT       what a statement would do, without reading a row
        \\format table|csv|json|jsonl
                                 how rows are written
        \\x [on|off|auto]         one value a line: always, never, where the window is too narrow
        \\timing                  the line of cost below a complete result, off and on again
        \\?, \\help                this
        \\q, quit, exit           quits, as Ctrl-D does

      Tab completes sources, tables, columns and keywords. Ctrl-C clears what is typed, or stops the
      statement that runs. The arrow keys and Ctrl-R find earlier statements.
      """;

  private ShellHelp() {}
}

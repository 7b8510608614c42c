package dev.quire.cli;

import java.util.Map;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;

/** Reads statements and commands from the terminal. One thread at a time. */
final class ShellInput {
  private static final String PROMPT = "quire> ";
  private static final String CONTINUATION = "   ... ";
  private static final int STATEMENTS_KEPT = 1_000;

  private final LineReader reader;

  ShellInput(Terminal terminal, Map<String, String> environment, ShellNames names) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("quire")
            .terminal(terminal)
            .parser(new ShellParser())
            .completer(new ShellCompleter(names))
            .history(new ShellHistory())
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.CASE_INSENSITIVE, true)
            .option(Option.AUTO_FRESH_LINE, false)
            .option(Option.BRACKETED_PASTE, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
            .variable(LineReader.BELL_STYLE, "none")
            .variable(LineReader.HISTORY_SIZE, STATEMENTS_KEPT)
            .variable(LineReader.HISTORY_FILE_SIZE, STATEMENTS_KEPT);
    ShellHistory.file(environment)
        .ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    reader = builder.build();
  }

  /**
   * The next command, or text that ends with a semicolon.
   *
   * @throws org.jline.reader.UserInterruptException when what was typed shall be forgotten
   * @throws org.jline.reader.EndOfFileException when no more will come
   */
  String read() {
    return reader.readLine(PROMPT);
  }
}

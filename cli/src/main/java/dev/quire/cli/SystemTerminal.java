package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that the process was started on. Apart, so that no other command loads JLine. */
final class SystemTerminal {
  /** What JLine has to say would stand between the rows. Held, so that its level is kept. */
  private static final Logger LOG = Logger.getLogger("org.jline");

  private SystemTerminal() {}

  /**
   * Runs the shell on it.
   *
   * @return the exit code
   */
  static int runShell(Surroundings surroundings, Engine engine, StatementOptions options)
      throws IOException {
    LOG.setLevel(Level.OFF);
    TerminalBuilder builder =
        TerminalBuilder.builder()
            .name("quire")
            .system(true)
            .dumb(true)
            .encoding(StandardCharsets.UTF_8);
    try (Terminal terminal = builder.build()) {
      return new Shell(
              surroundings, engine, options, terminal, () -> Pager.of(surroundings.environment()))
          .run();
    }
  }
}

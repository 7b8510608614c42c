package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a command is given by the process it runs in; tests give their own. Immutable.
 *
 * @param out standard output; throws {@link ClosedOutputException} when nobody reads it any more
 * @param folder where relative paths start
 * @param terminals which standard streams are terminals
 */
record Surroundings(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    Terminals terminals,
    ConnectorContext context,
    EngineOpener engines,
    Interrupts interrupts,
    Notices notices) {

  /** The engine over a configuration; what its sources have to say to the user is shown. */
  Engine open(Configuration configuration) {
    return engines.open(configuration, context.withNotices(notices));
  }

  /** The width of the terminal that standard output is; empty when it is none. */
  OptionalInt width() {
    return terminals.outputWidth();
  }

  /** Opens an engine over a configuration. */
  interface EngineOpener {
    Engine open(Configuration configuration, ConnectorContext context);
  }
}

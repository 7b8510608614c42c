package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads what every statement needs on another core, while arguments and configuration are read. It
 * keeps no process from ending, and what fails in it fails again where it is told.
 */
final class HeadStart {
  private static final Set<String> COMMANDS = Set.of("query", "export", "explain", "describe");

  private final @Nullable Thread thread;

  private HeadStart(@Nullable Thread thread) {
    this.thread = thread;
  }

  /** For a command that runs a statement, unless there is one core alone. */
  static HeadStart of(String... args) {
    boolean serves =
        args.length > 1
            && COMMANDS.contains(args[0])
            && Runtime.getRuntime().availableProcessors() > 1;
    if (!serves) {
      return new HeadStart(null);
    }
    boolean simple =
        Set.of("query", "export").contains(args[0])
            && Arrays.stream(args).anyMatch(Engine::isSimple);
    Thread thread = new Thread(() -> load(simple), "quire-head-start");
    thread.setDaemon(true);
    thread.start();
    return new HeadStart(thread);
  }

  private static void load(boolean simple) {
    try {
      Engine.rehearse(simple);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // The statement itself meets it, too.
    }
  }

  /**
   * Opens an engine. It plans nothing before all is loaded: classes that need each other must not
   * be loaded by two threads from two ends.
   */
  Engine open(Configuration configuration, ConnectorContext context) {
    Engine engine = Engine.open(configuration, context);
    await();
    return engine;
  }

  private void await() {
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

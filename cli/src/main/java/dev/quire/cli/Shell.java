package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.CallContext.Registration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * Reads statements and commands, runs them, and goes on whatever comes of them. One thread at a
 * time.
 */
final class Shell {
  private static final int USUAL_WIDTH = 80;

  private final Surroundings process;
  private final Engine engine;
  private final StatementOptions options;
  private final Terminal terminal;
  private final Supplier<Pager> pagers;
  private final PrintStream screen;
  private final ShellNames names;
  private final ShellSettings settings = new ShellSettings();

  /**
   * @param process what the shell was started in
   * @param options of each statement
   * @param terminal for input and all output; not closed
   * @param pagers one for each long result
   */
  Shell(
      Surroundings process,
      Engine engine,
      StatementOptions options,
      Terminal terminal,
      Supplier<Pager> pagers) {
    this.pagers = pagers;
    this.process = process;
    this.engine = engine;
    this.options = options;
    this.terminal = terminal;
    this.screen = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    this.names = new ShellNames(engine);
  }

  /**
   * Runs until the user quits.
   *
   * @return the exit code
   */
  int run() {
    terminal.handle(Signal.INT, SignalHandler.SIG_IGN);
    screen.println("Statements end with ;   \\? helps, \\q or Ctrl-D quits.");
    ShellInput input = new ShellInput(terminal, process.environment(), names);
    while (!process.interrupts().raised()) {
      try {
        String text = input.read().strip();
        if (ShellParser.isQuit(text)) {
          return ExitCodes.COMPLETE;
        }
        runAll(text);
      } catch (UserInterruptException e) {
        continue; // what was typed is forgotten
      } catch (EndOfFileException e) {
        return ExitCodes.COMPLETE;
      }
    }
    return ExitCodes.INTERRUPTED;
  }

  private void runAll(String text) {
    if (ShellParser.isCommand(text)) {
      interruptibly(
          around -> new ShellCommands(around, engine, options, settings, this::target).run(text));
      return;
    }
    for (String sql : SqlText.parse(text).statements()) {
      if (!interruptibly(around -> run(around, sql))) {
        return;
      }
    }
  }

  /** Something that the user can stop. */
  private interface Work {
    void run(Surroundings around) throws IOException;
  }

  /**
   * Does something that Ctrl-C stops, and reports what goes wrong.
   *
   * @return whether it ended well
   */
  private boolean interruptibly(Work work) {
    Interrupts interrupts = new Interrupts();
    Surroundings around = around(interrupts);
    SignalHandler before = terminal.handle(Signal.INT, signal -> interrupts.raise());
    try (Registration end = process.interrupts().onInterrupt(interrupts::raise)) {
      work.run(around);
      return !interrupts.raised();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      new FaultReport(around).report(e, false);
      return false;
    } finally {
      terminal.handle(Signal.INT, before);
      // An interruption that nothing waited for must not hit the next line.
      Thread.interrupted();
      screen.flush();
    }
  }

  private Surroundings around(Interrupts interrupts) {
    int width = terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
    OptionalInt columns = OptionalInt.of(width);
    return new Surroundings(
        process.in(),
        screen,
        screen,
        process.environment(),
        process.folder(),
        new Terminals(columns, columns, true),
        process.context(),
        process.engines(),
        interrupts,
        process.notices());
  }

  private PagedTarget target(Runnable beforeShowing) {
    int height = terminal.getHeight() > 0 ? terminal.getHeight() : Integer.MAX_VALUE;
    return new PagedTarget(beforeShowing, screen, height, pagers.get());
  }

  private void run(Surroundings around, String sql) throws IOException {
    ProgressDisplay display = ProgressDisplay.of(ProgressMode.AUTO, around);
    try (OutputTarget target = target(display::close)) {
      new StatementRun(around, !settings.timing(), display)
          .run(
              engine,
              sql,
              options,
              settings.format().open(target.stream(), settings.layout(around.width())),
              target);
    } finally {
      names.forget();
    }
  }
}

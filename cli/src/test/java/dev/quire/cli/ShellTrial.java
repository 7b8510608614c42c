package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.StatementOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;

/** The shell on a terminal with a line discipline of its own, at which a test types. */
final class ShellTrial implements AutoCloseable {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String CTRL_P = "\u0010";
  static final String TAB = "\t";
  static final String ENTER = "\r";

  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final ExternalTerminal terminal;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private int read;

  ShellTrial(CommandTrial trial, String type, int columns) {
    try {
      terminal =
          new ExternalTerminal(
              "test", type, new PipedInputStream(keys, 1 << 16), screen, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    terminal.setSize(new Size(columns, 24));
    Thread thread = new Thread(() -> exitCode.complete(run(trial)), "shell under test");
    thread.setDaemon(true);
    thread.start();
    await("quire> ");
  }

  private int run(CommandTrial trial) {
    try {
      return new Shell(
              trial.surroundings(), trial.engine, StatementOptions.DEFAULT, terminal, Pager::none)
          .run();
    } catch (RuntimeException | Error e) {
      exitCode.completeExceptionally(e);
      throw e;
    }
  }

  /** Types keys, without a wait for what comes of them. */
  ShellTrial type(String text) {
    try {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Waits until a text appears behind the one that was waited for last; gives what came with it.
   */
  String await(String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int found = shown().indexOf(text, read);
    while (found < 0) {
      assertThat(System.nanoTime()).as("'%s' in:\n%s", text, shown()).isLessThan(end);
      Thread.onSpinWait();
      found = shown().indexOf(text, read);
    }
    String passed = shown().substring(read, found + text.length());
    read = found + text.length();
    return passed;
  }

  /** What was written to the terminal, colours and cursor moves left out. */
  String shown() {
    return written().replaceAll("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>])", "").replace("\r", "");
  }

  String written() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  int exitCode() throws Exception {
    return exitCode.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    keys.close();
    terminal.close();
  }
}

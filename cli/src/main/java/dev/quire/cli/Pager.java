package dev.quire.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that shows long text page by page: the one that {@code PAGER} names, or less; without
 * one the text is shown as it comes. One thread at a time.
 */
final class Pager {
  /** Cuts long lines, ends by itself when all fits, leaves the text on the screen. */
  private static final String USUAL = "less -S -F -X";

  private final Optional<String> command;
  private @Nullable Process process;

  private Pager(Optional<String> command) {
    this.command = command;
  }

  static Pager none() {
    return new Pager(Optional.empty());
  }

  /** The pager that the environment asks for; an empty {@code PAGER} or {@code cat} is none. */
  static Pager of(Map<String, String> environment) {
    String wanted = environment.getOrDefault("PAGER", USUAL).strip();
    boolean none =
        wanted.isEmpty() || wanted.equals("cat") || "dumb".equals(environment.get("TERM"));
    return new Pager(none ? Optional.empty() : Optional.of(wanted));
  }

  /** Starts it; gives the screen itself where there is no pager or it cannot be started. */
  OutputStream open(OutputStream screen) {
    if (command.isEmpty()) {
      return screen;
    }
    try {
      Process started = start(command.get());
      process = started;
      return new Pipe(started.getOutputStream());
    } catch (IOException e) {
      return screen;
    }
  }

  /** A shell splits the command as users expect it, and shows the text itself if there is none. */
  private static Process start(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "command -v "
                + command.split("\\s", 2)[0]
                + " >/dev/null 2>&1 || exec cat; exec "
                + command);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putIfAbsent("LESSCHARSET", "utf-8");
    return builder.start();
  }

  /** Ends the text, and waits until the user has left the pager. May be repeated. */
  void close() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      // The user has left it already.
    }
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.waitFor();
      } catch (InterruptedException e) {
        interrupted = true; // Ctrl-C is for the pager
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells a user who has left the pager from a fault. */
  private static final class Pipe extends FilterOutputStream {
    Pipe(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw new ClosedOutputException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw new ClosedOutputException(e);
      }
    }
  }
}

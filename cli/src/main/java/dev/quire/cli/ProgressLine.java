package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Progress;
import dev.quire.spi.TimeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that says how far a statement is. It is drawn over itself with carriage
 * returns and blanks alone, so every terminal can show it. Nothing is drawn for a short statement.
 * Thread-safe.
 */
final class ProgressLine {
  private static final Duration SHORT_STATEMENT = Duration.ofMillis(500);
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

  private final PrintStream terminal;
  private final int width;
  private final TimeSource time;
  private final Supplier<Progress> progress;
  private final long started;
  private @Nullable Long drawn;
  private String shown = "";
  private boolean ended;

  /**
   * @param width of the terminal
   */
  ProgressLine(PrintStream terminal, int width, TimeSource time, Supplier<Progress> progress) {
    this.terminal = terminal;
    this.width = width;
    this.time = time;
    this.progress = progress;
    this.started = time.nanoTime();
  }

  /** Draws the line anew, unless that was just done. */
  synchronized void draw() {
    long now = time.nanoTime();
    Duration elapsed = Duration.ofNanos(now - started);
    if (ended
        || elapsed.compareTo(SHORT_STATEMENT) < 0
        || (drawn != null && now - drawn < BETWEEN_DRAWINGS.toNanos())) {
      return;
    }
    drawn = now;
    // The last column stays free: some terminals go to the next line after it.
    show(DisplayText.fitted(ProgressText.of(progress.get(), elapsed), width - 1));
  }

  private void show(String text) {
    if (!text.equals(shown)) {
      int left = DisplayText.width(shown) - DisplayText.width(text);
      terminal.print("\r" + text + " ".repeat(Math.max(0, left)));
      terminal.flush();
      shown = text;
    }
  }

  /** Writes lines that stay, above this one. */
  synchronized void above(String text) {
    wipe();
    terminal.println(text);
  }

  /** Wipes the line out; it is not drawn again. May be repeated. */
  synchronized void end() {
    ended = true;
    wipe();
  }

  private void wipe() {
    if (!shown.isEmpty()) {
      show("");
      terminal.print("\r");
      terminal.flush();
    }
  }
}

package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Notice;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error what the user must do, above the progress line if there is one, and opens
 * the page in the browser. Thread-safe.
 */
final class Notices implements Consumer<Notice> {
  private final PrintStream err;
  private final Consumer<String> browser;
  private @Nullable Consumer<String> above;

  /**
   * @param browser opens a page, if it can
   */
  Notices(PrintStream err, Consumer<String> browser) {
    this.err = err;
    this.browser = browser;
  }

  /** Has texts shown by somebody else for a while, who has a line of his own on the terminal. */
  synchronized Registration through(Consumer<String> shown) {
    above = shown;
    return this::forget;
  }

  private synchronized void forget() {
    above = null;
  }

  @Override
  public void accept(Notice notice) {
    String text = DisplayText.harmlessLines(notice.text());
    Consumer<String> shown;
    synchronized (this) {
      shown = above;
    }
    if (shown == null) {
      err.println(text);
    } else {
      shown.accept(text);
    }
    notice.page().ifPresent(browser);
  }
}

package dev.quire.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** How many columns the terminal has. */
final class TerminalWidth {
  /** Set by the launcher, which sees more easily whether standard output is a terminal. */
  private static final String PROPERTY = "quire.columns";

  private static final int USUAL = 80;

  private TerminalWidth() {}

  /** The width of the terminal that standard output is; empty when it is none. */
  static OptionalInt ofStandardOutput(Map<String, String> environment) {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return parse(given);
    }
    if (System.console() == null) {
      return OptionalInt.empty();
    }
    OptionalInt wanted = parse(environment.getOrDefault("COLUMNS", ""));
    return wanted.isPresent() ? wanted : OptionalInt.of(asked().orElse(USUAL));
  }

  /** A width that can be used; empty for anything else. */
  static OptionalInt parse(String text) {
    return text.matches("[1-9][0-9]{1,3}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private static OptionalInt asked() {
    File terminal = new File("/dev/tty");
    if (!terminal.exists()) {
      return OptionalInt.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      return parse(answer.substring(answer.indexOf(' ') + 1));
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}

package dev.quire.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal of the simplest kind: it knows carriage return and line feed. Thread-safe. */
final class Screen {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PrintStream stream() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Everything that was written. */
  String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What the line of the cursor shows. */
  String line() {
    String text = written();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : text.substring(text.lastIndexOf('\n') + 1).toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else if (column < line.length()) {
        line.setCharAt(column++, c);
      } else {
        line.append(c);
        column++;
      }
    }
    return line.toString().stripTrailing();
  }
}

package dev.quire.rest.json;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV text (RFC 4180), strictly: what is no whole record is an error. A field that
 * is empty and without quotes is null. One thread at a time.
 */
final class CsvRecords {
  private static final int NONE = -2;
  private static final int END = -1;

  /** The byte order mark, which is no part of the text. */
  private static final int MARK = 0xFEFF;

  private final Reader text;
  private final char delimiter;
  private int ahead = NONE;
  private boolean started;
  private long number;
  private boolean broken;

  /**
   * @param text buffered
   */
  CsvRecords(Reader text, char delimiter) {
    this.text = text;
    this.delimiter = delimiter;
  }

  /** The next record; null after the last. */
  @Nullable List<@Nullable String> next() throws IOException {
    if (peek() == END) {
      return null;
    }
    number++;
    List<@Nullable String> fields = new ArrayList<>();
    do {
      fields.add(peek() == '"' ? quoted() : plain());
    } while (isTaken(delimiter));
    broken = lineBreak();
    if (!broken && peek() != END) {
      throw fault("has something after a closing quote");
    }
    return fields;
  }

  /** Whether the record that came last ended with a line break. */
  boolean endsWithBreak() {
    return broken;
  }

  /** A fault of the record that came last. */
  SourceException fault(String problem) {
    return new SourceException(
            ErrorKind.MALFORMED_RESPONSE,
            String.format(Locale.ROOT, "record %,d of the CSV %s", number, problem))
        .withHint("Compare the table's 'format' in the spec with an answer of the service.");
  }

  private @Nullable String plain() throws IOException {
    StringBuilder field = new StringBuilder();
    while (peek() != END && peek() != delimiter && peek() != '\n' && peek() != '\r') {
      if (peek() == '"') {
        throw fault("has a quote in a field that does not begin with one");
      }
      field.append((char) take());
    }
    return field.length() == 0 ? null : field.toString();
  }

  private String quoted() throws IOException {
    take();
    StringBuilder field = new StringBuilder();
    while (true) {
      int next = take();
      if (next == END) {
        throw fault("is cut off: a quote is not closed");
      }
      if (next == '"' && !isTaken('"')) {
        return field.toString();
      }
      field.append((char) next);
    }
  }

  private boolean lineBreak() throws IOException {
    boolean returned = isTaken('\r');
    return isTaken('\n') || returned;
  }

  private boolean isTaken(char wanted) throws IOException {
    boolean is = peek() == wanted;
    if (is) {
      take();
    }
    return is;
  }

  private int peek() throws IOException {
    if (ahead == NONE) {
      ahead = text.read();
    }
    if (!started && ahead == MARK) {
      ahead = text.read();
    }
    started = true;
    return ahead;
  }

  private int take() throws IOException {
    int taken = peek();
    ahead = NONE;
    return taken;
  }
}

package dev.quire.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pulls values out of a page that is whole in memory, from its first byte to its last. One thread
 * at a time; may be used for page after page.
 */
public final class JsonReader {
  /** What {@link #next} answers at the end of an object. */
  public static final int END = -1;

  private static final int MOST_NAME = 1000;

  /** The shortest moment with its quotes. */
  private static final int MOMENT = 22;

  private static final int DATE = 12;

  private final Digits digits = new Digits();
  private byte[] bytes = new byte[1];
  private int length;
  private int at;
  private int from;
  private int depth;

  /** Whether an object or a list was just entered, so that no comma stands before the next part. */
  private boolean entered;

  /**
   * Begins a page.
   *
   * @param page with a 0 after its last byte: {@code page[length]}
   */
  public void open(byte[] page, int length) {
    if (page[length] != 0) {
      throw new IllegalArgumentException("a page ends with a byte that is 0");
    }
    this.bytes = page;
    this.length = length;
    this.depth = 0;
    this.entered = false;
    this.at = Skim.space(page, 0);
  }

  /** The first byte of the value that is next: one of <code>{ [ " - 0…9 t f n</code>. */
  public byte peek() {
    return bytes[at];
  }

  /** Enters an object. Each of its members has to be taken or skipped. */
  public void beginObject() throws UncertainException {
    enter('{');
  }

  /** Enters a list. */
  public void beginArray() throws UncertainException {
    enter('[');
  }

  private void enter(char bracket) throws UncertainException {
    if (depth == Skim.MOST_DEPTH) {
      throw UncertainException.INSTANCE;
    }
    at = Skim.require(bytes, at, bracket);
    depth++;
    entered = true;
  }

  /**
   * Goes to the next part of an object or a list, or leaves it at its end.
   *
   * @return whether there is one
   */
  private boolean advance(char bracket) throws UncertainException {
    byte[] b = bytes;
    int i = Skim.space(b, at);
    if (b[i] == bracket) {
      at = i + 1;
      depth--;
      entered = false;
      return false;
    }
    at = entered ? i : Skim.space(b, Skim.require(b, i, ','));
    entered = false;
    return true;
  }

  /** Goes to the next element of a list, or behind its end. */
  public boolean hasNext() throws UncertainException {
    return advance(']');
  }

  /**
   * Goes to the value of the next wanted member of an object, or behind its end. A name that stands
   * twice is told twice.
   *
   * @return the member's place in the list of names, or {@link #END}
   */
  public int next(Names names) throws UncertainException {
    if (entered) {
      names.begin();
    }
    byte[] b = bytes;
    while (advance('}')) {
      int i = at;
      Name guessed = names.guess(b, i);
      int place;
      if (guessed != null) {
        place = guessed.wanted;
        i = Skim.space(b, i + guessed.length);
      } else {
        int end = name();
        place = names.find(b, i, end);
        i = value(end);
      }
      if (place >= 0) {
        at = i;
        return place;
      }
      at = Skim.value(b, i, depth);
    }
    return END;
  }

  /** Goes to the value of the next member of an object and tells its name; null at the end. */
  public @Nullable String nextName() throws UncertainException {
    if (!advance('}')) {
      return null;
    }
    int start = at;
    int end = name();
    at = value(end);
    return Text.of(bytes, start + 1, end - 1);
  }

  /** The place after a name, which has no escapes. */
  private int name() throws UncertainException {
    byte[] b = bytes;
    int i = Skim.plain(b, Skim.require(b, at, '"'));
    while (b[i] < 0) {
      i = Skim.plain(b, Utf8.next(b, i));
    }
    if (i - at > MOST_NAME) {
      throw UncertainException.INSTANCE;
    }
    return Skim.require(b, i, '"');
  }

  /** The place of the value that follows a name. */
  private int value(int afterName) throws UncertainException {
    byte[] b = bytes;
    int i = b[afterName] == ':' ? afterName : Skim.space(b, afterName);
    return Skim.space(b, Skim.require(b, i, ':'));
  }

  /** Passes over the value that is next, whatever it is. */
  public void skip() throws UncertainException {
    from = at;
    at = Skim.value(bytes, at, depth);
  }

  /** Where the value begins that was last skipped. */
  public int from() {
    return from;
  }

  /** Where it ends: the place of the first byte that is not part of it. */
  public int to() {
    return at;
  }

  /** The value that was last skipped, as it is written. */
  public String skipped() {
    return new String(bytes, from, at - from, StandardCharsets.UTF_8);
  }

  /** The value that was last skipped, as compact JSON; null if it is not written in that way. */
  public @Nullable String compact() {
    return Text.isCompact(bytes, from, at) ? skipped() : null;
  }

  /** Nothing but white space may follow. */
  public void end() throws UncertainException {
    if (depth != 0 || Skim.space(bytes, at) != length) {
      throw UncertainException.INSTANCE;
    }
  }

  /** The string that is next. */
  public String text() throws UncertainException {
    byte[] b = bytes;
    int start = Skim.require(b, at, '"');
    int end = Skim.plain(b, start);
    if (b[end] == '"') {
      at = end + 1;
      return new String(b, start, end - start, StandardCharsets.ISO_8859_1);
    }
    at = Skim.string(b, end);
    return Text.of(b, start, at - 1);
  }

  /** Takes null. */
  public boolean tryNull() throws UncertainException {
    boolean is = bytes[at] == 'n';
    if (is) {
      at = Skim.literal(bytes, at, "null");
    }
    return is;
  }

  /** Takes true or false. */
  public @Nullable Boolean tryBoolean() throws UncertainException {
    byte c = bytes[at];
    if (c != 't' && c != 'f') {
      return null;
    }
    at = Skim.literal(bytes, at, c == 't' ? "true" : "false");
    return c == 't';
  }

  /**
   * Takes a number of at most 18 digits: {@link #unscaled} and {@link #scale} are its value. One
   * below zero that rounds to zero is left.
   */
  public boolean tryNumber() {
    return take(digits.read(bytes, at));
  }

  /** Takes such a number if it is written as a string. */
  public boolean tryNumberInText() {
    return take(inText());
  }

  /** Takes such a number if it has no places after the point: {@link #unscaled} is its value. */
  public boolean tryInteger() {
    int end = digits.read(bytes, at);
    return digits.scale() == 0 && take(end);
  }

  /** Takes such a number if it is written as a string. */
  public boolean tryIntegerInText() {
    int end = inText();
    return digits.scale() == 0 && take(end);
  }

  /** Takes such a number if one step makes a double of it: {@link #real} is its value. */
  public boolean tryReal() {
    int end = digits.read(bytes, at);
    return end >= 0 && !Double.isNaN(digits.real()) && take(end);
  }

  private int inText() {
    int end = bytes[at] == '"' ? digits.read(bytes, at + 1) : -1;
    return end < 0 || bytes[end] != '"' ? -1 : end + 1;
  }

  private boolean take(int end) {
    if (end < 0) {
      return false;
    }
    at = end;
    return true;
  }

  /** The number that was last taken, in units of ten to the power of minus {@link #scale}. */
  public long unscaled() {
    return digits.unscaled();
  }

  /** As {@link BigDecimal#scale}: 0 for a number without a point and an exponent. */
  public int scale() {
    return digits.scale();
  }

  /** The number that was last taken, as {@link BigDecimal#BigDecimal(String)} makes it. */
  public BigDecimal decimal() {
    return BigDecimal.valueOf(digits.unscaled(), digits.scale());
  }

  /**
   * The number that was last taken, rounded as {@link Double#parseDouble} does; NaN when that takes
   * more than one step.
   */
  public double real() {
    return digits.real();
  }

  /** Takes a string of five groups of hexadecimal digits. */
  public @Nullable UUID tryUuid() {
    UUID uuid = bytes[at] == '"' ? Hex.uuid(bytes, at + 1) : null;
    if (uuid == null || bytes[at + 37] != '"') {
      return null;
    }
    at += 38;
    return uuid;
  }

  /** Takes a string {@code yyyy-MM-ddTHH:mm:ssZ} with up to nine digits after the seconds. */
  public @Nullable Instant tryInstant() {
    if (bytes[at] != '"' || length - at < MOMENT) {
      return null;
    }
    int z = Moments.end(bytes, at + 1);
    if (bytes[z] != 'Z' || bytes[z + 1] != '"') {
      return null;
    }
    Instant instant = Moments.instant(bytes, at + 1, z);
    at = instant == null ? at : z + 2;
    return instant;
  }

  /** Takes a string {@code yyyy-MM-dd}. */
  public @Nullable LocalDate tryDate() {
    if (bytes[at] != '"' || length - at < DATE || bytes[at + 11] != '"') {
      return null;
    }
    LocalDate date = Moments.date(bytes, at + 1);
    at = date == null ? at : at + DATE;
    return date;
  }
}

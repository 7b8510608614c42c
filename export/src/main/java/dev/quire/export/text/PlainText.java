package dev.quire.export.text;

import static dev.quire.export.text.EightBytes.EACH;

/** Texts that stand in CSV as they are. Eight of their bytes are looked at at once. */
final class PlainText {
  private static final long HIGH = 0x8080808080808080L;
  private static final long BLANKS = EACH * ' ';
  private static final long QUOTES = EACH * '"';
  private static final long COMMAS = EACH * ',';
  private static final long QUESTIONS = EACH * '?';

  private PlainText() {}

  /**
   * Whether a text has characters, all of them of ASCII, and none that would need quotes. It is not
   * said of texts with control characters and question marks.
   *
   * @param latin in ISO 8859-1, a question mark for what that does not have
   */
  static boolean is(byte[] latin) {
    int last = latin.length - 8;
    if (last < 0) {
      return isShort(latin);
    }
    for (int i = 0; i < last; i += 8) {
      if (special(EightBytes.get(latin, i)) != 0) {
        return false;
      }
    }
    return special(EightBytes.get(latin, last)) == 0;
  }

  private static long special(long eight) {
    long equal =
        ((eight ^ QUOTES) - EACH) | ((eight ^ COMMAS) - EACH) | ((eight ^ QUESTIONS) - EACH);
    return (equal | (eight - BLANKS) | eight) & HIGH;
  }

  private static boolean isShort(byte[] latin) {
    for (byte b : latin) {
      if (b < ' ' || b == '"' || b == ',' || b == '?') {
        return false;
      }
    }
    return latin.length > 0;
  }
}

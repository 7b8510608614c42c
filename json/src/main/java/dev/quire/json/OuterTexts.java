package dev.quire.json;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts that stand at both ends of an object whose rows are not read: before its first list or
 * object and behind its last one, which takes as long for a large page as for a small one. It is a
 * guess: what stands between lists is not found, and what is found is only right if the page turns
 * out to be JSON.
 */
public final class OuterTexts {
  /** A longer end is not looked at. */
  private static final int MOST_TAIL = 64 * 1024;

  private OuterTexts() {}

  /**
   * Texts by the names of their members; of two with the same name, the last.
   *
   * @param page with a 0 after its last byte: {@code page[length]}
   */
  public static Map<String, String> of(byte[] page, int length) {
    Map<String, String> texts = new LinkedHashMap<>();
    take(page, length, texts);
    byte[] tail = tail(page, length);
    take(tail, tail.length - 1, texts);
    return texts;
  }

  /** Those of an object up to the first member that is a list or an object. */
  private static void take(byte[] json, int length, Map<String, String> texts) {
    JsonReader reader = new JsonReader();
    reader.open(json, length);
    try {
      reader.beginObject();
      for (String name; (name = reader.nextName()) != null; ) {
        byte first = reader.peek();
        if (first == '{' || first == '[') {
          return;
        }
        if (first == '"') {
          texts.put(name, reader.text());
        } else {
          reader.skip();
        }
      }
    } catch (UncertainException e) {
      // What was found before that is a guess as well.
    }
  }

  /** The members behind the last list or object, as an object; only the 0 if there are none. */
  private static byte[] tail(byte[] page, int length) {
    int end = lastOf(page, length, '}');
    int from = end < 0 ? -1 : afterLastBracket(page, end);
    if (from < 0 || page[Skim.space(page, from)] != ',') {
      return new byte[1];
    }
    byte[] tail = new byte[end + 2 - from];
    System.arraycopy(page, from, tail, 0, end + 1 - from);
    tail[Skim.space(page, from) - from] = '{';
    return tail;
  }

  /** The place of the last byte that is no white space; -1 if it is another one than expected. */
  private static int lastOf(byte[] page, int length, char expected) {
    int i = length - 1;
    while (i >= 0 && page[i] >= 0 && page[i] <= ' ') {
      i--;
    }
    return i >= 0 && page[i] == expected ? i : -1;
  }

  /**
   * The place after the last list or object in the object that ends at {@code end}; -1 if there is
   * none. No quote stands in a text but behind a backslash, so that texts are known from their end.
   */
  private static int afterLastBracket(byte[] page, int end) {
    boolean inText = false;
    for (int i = end - 1; i >= Math.max(0, end - MOST_TAIL); i--) {
      byte c = page[i];
      if (c == '"' && !isEscaped(page, i)) {
        inText = !inText;
      } else if (!inText && (c == ']' || c == '}')) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isEscaped(byte[] page, int at) {
    int i = at;
    while (i > 0 && page[i - 1] == '\\') {
      i--;
    }
    return (at - i) % 2 == 1;
  }
}

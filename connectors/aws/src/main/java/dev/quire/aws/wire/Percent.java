package dev.quire.aws.wire;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as a signature's canonical form has it: all but RFC 3986's unreserved. */
public final class Percent {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /** Of a query's name or value, of a form, of one part of a path. */
  public static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Of a part of a path that keeps its slashes. */
  public static String encodePath(String text) {
    return encode(text, UNRESERVED + "/");
  }

  private static String encode(String text, String plain) {
    if (isPlain(text, plain)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c, plain)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(String text, String plain) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i), plain)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c, String plain) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c < 0x80 && plain.indexOf(c) >= 0);
  }
}

package dev.quire.odata.query;

import java.nio.charset.StandardCharsets;

/** Text in URLs, encoded once. */
public final class UrlText {
  /** Allowed in a query by RFC 3986 and never special between or inside OData's options. */
  private static final String KEPT = "-._~$'(),:/*";

  private UrlText() {}

  /** A name or value of a query option: a space is {@code %20}, a plus {@code %2B}. */
  public static String query(String text) {
    return encoded(text, KEPT);
  }

  /** One segment of a path. */
  public static String segment(String text) {
    return encoded(text, "-._~$'(),");
  }

  private static String encoded(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (isAlphanumeric(c) || (c < 0x80 && kept.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}

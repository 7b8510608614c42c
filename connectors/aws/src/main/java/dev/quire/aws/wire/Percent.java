package dev.quire.aws.wire;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as a signature's canonical form has it: all but RFC 3986's unreserved. */
final class Percent {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /** Of a query's name or value, of a form, of one part of a path. */
  static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Of a part of a path that keeps its slashes. */
  static String encodePath(String text) {
    return encode(text, UNRESERVED + "/");
  }

  private static String encode(String text, String plain) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || plain.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}

package dev.quire.sample;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended, in the form that Dataverse puts into {@code $skiptoken}: XML in XML, encoded
 * twice. Immutable.
 *
 * @param page the page that was sent, from 1
 * @param key the column that {@code last} and {@code first} are values of
 */
record PagingCookie(int page, String key, String last, String first) {
  private static final Pattern OUTER =
      Pattern.compile(
          "<cookie pagenumber=\"(\\d{1,9})\" pagingcookie=\"([^\"<>]*)\" istracking=\"False\" />");
  private static final Pattern INNER =
      Pattern.compile(
          "<cookie page=\"(\\d{1,9})\"><(\\w+) last=\"\\{([^}]*)}\" first=\"\\{([^}]*)}\" />"
              + "</cookie>");

  private String inner() {
    return String.format(
        Locale.ROOT,
        "<cookie page=\"%d\"><%s last=\"{%s}\" first=\"{%s}\" /></cookie>",
        page,
        key,
        last,
        first);
  }

  /** The annotation of an answer to FetchXML: what is in the attribute is encoded twice. */
  String annotation() {
    String once = percent(inner(), "<>=\"/{} ", "%%%02x");
    return String.format(
        Locale.ROOT,
        "<cookie pagenumber=\"%d\" pagingcookie=\"%s\" istracking=\"False\" />",
        page + 1,
        percent(once, "%", "%%%02x"));
  }

  /** Reads what a client sends as {@code paging-cookie}. */
  static PagingCookie parseInner(String text) {
    Matcher inner = INNER.matcher(text);
    if (!inner.matches()) {
      throw malformed();
    }
    return new PagingCookie(
        Integer.parseInt(inner.group(1)), inner.group(2), inner.group(3), inner.group(4));
  }

  /** The token as it stands in the next link. */
  String encoded() {
    String inner = inner();
    String outer =
        String.format(
            Locale.ROOT,
            "<cookie pagenumber=\"%d\" pagingcookie=\"%s\" istracking=\"False\" />",
            page + 1,
            percent(inner, "<>=\"/{} ", "%%%02x"));
    return percent(outer, "<>\" %", "%%%02X");
  }

  /**
   * Reads a token back.
   *
   * @param raw as it arrived; it must not have been touched
   */
  static PagingCookie parse(String raw) {
    Matcher outer = OUTER.matcher(QueryOptions.decode(raw));
    if (!outer.matches()) {
      throw malformed();
    }
    PagingCookie cookie = parseInner(QueryOptions.decode(outer.group(2)));
    if (!cookie.encoded().equals(raw)) {
      throw malformed();
    }
    return cookie;
  }

  static ODataFault malformed() {
    return ODataFault.badRequest(
        "0x80040203", "Malformed XML in the Paging Cookie: use the next link as it was sent");
  }

  private static String percent(String text, String special, String format) {
    StringBuilder encoded = new StringBuilder(text.length() * 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        encoded.append(String.format(Locale.ROOT, format, (int) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }
}

package dev.quire.testkit;

/**
 * What a fake page says of the page after it. Immutable.
 *
 * @param text the token or the URL; empty for the kinds that have none
 */
public record Next(Kind kind, String text) {

  /** How a page says it. */
  public enum Kind {
    /**
     * There is one, and this token leads to it. A service with next links puts it into the link.
     */
    TOKEN,
    /** There is one at this URL, to be written as it is. Only for {@link Ability#NEXT_LINKS}. */
    URL,
    /** There is none, and nothing is said. */
    ABSENT,
    /** There is none, and the member is null; where that cannot be written, as ABSENT. */
    NULL,
    /** There is none, and the member is an empty text. */
    EMPTY
  }

  /** No next page, with nothing said. */
  public static final Next END = new Next(Kind.ABSENT, "");

  static Next token(String token) {
    return new Next(Kind.TOKEN, token);
  }

  static Next url(String url) {
    return new Next(Kind.URL, url);
  }

  static Next end(Kind how) {
    return new Next(how, "");
  }
}

package dev.quire.http;

/** Next links and the origin rule, on raw text, so that a link is followed byte for byte. */
public final class Links {
  private Links() {}

  /**
   * Resolves a link against a base URL by RFC 3986 without changing a byte of the link's own path
   * and query. The result may be of another origin; the door refuses it then.
   *
   * @param base absolute URL
   * @param link absolute or relative, not empty
   */
  public static String resolve(String base, String link) {
    throw new UnsupportedOperationException();
  }
}

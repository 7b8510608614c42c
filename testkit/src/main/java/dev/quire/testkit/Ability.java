package dev.quire.testkit;

/**
 * What a connector may or may not be able to do. Every one is expected; a connector without it says
 * so in {@link SourceConformanceTest#supports}, and the suite then asserts the refusal that stands
 * next to it here.
 */
public enum Ability {
  /**
   * The service sends the next page as a URL. Without: what it sends is a token, and one that looks
   * like a URL is sent back to the configured origin as a token.
   */
  NEXT_LINKS,
  /**
   * Transient faults are tried again by the source itself. Without: the first one is thrown, of a
   * transient kind, and the page can be asked for again.
   */
  RETRIES,
  /** A credential goes with every request. Without: no request has an Authorization header. */
  CREDENTIALS,
  /**
   * A 401 makes the source ask for the credential anew, once. Without: AUTHENTICATION after the
   * first request.
   */
  CREDENTIAL_REFRESH,
  /** Redirects inside the origin are followed. Without: they are refused. */
  REDIRECTS,
  /** Compressed answers are asked for and decoded. Without: they are not asked for. */
  COMPRESSION,
  /**
   * An answer without the list of rows is a fault. Without: it is a page without rows, as the
   * protocol says.
   */
  ROWS_REQUIRED,
  /** Some filter on the id is pushed. Without: every filter is answered NONE. */
  PUSH_FILTER,
  /** Some order by the id is pushed. Without: every order is answered NONE. */
  PUSH_ORDER,
  /** Some limit is pushed. Without: every limit is answered NONE. */
  PUSH_LIMIT,
  /** Some offset is pushed. Without: every offset is answered NONE. */
  PUSH_OFFSET,
  /** Counting all rows is pushed. Without: it is answered NONE. */
  PUSH_COUNT
}

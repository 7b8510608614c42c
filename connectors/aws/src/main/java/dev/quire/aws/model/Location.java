package dev.quire.aws.model;

/** Where a member of a request or an answer stands. */
public enum Location {
  BODY,
  /** A query parameter. */
  QUERY,
  /** One header. */
  HEADER,
  /** All headers with a prefix, as a map. */
  HEADERS,
  /** A part of the path, at {@code {Name}} or, with slashes kept, at {@code {Name+}}. */
  URI,
  /** The status code of an answer. */
  STATUS
}

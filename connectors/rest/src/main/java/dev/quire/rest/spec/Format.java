package dev.quire.rest.spec;

/** The form of an answer's body. Immutable. */
public sealed interface Format {
  Format JSON = new Json();

  /** What the request asks for, unless the spec has an Accept header of its own. */
  String accept();

  /** Whether there is something around the rows in which a value can stand. */
  default boolean hasFrame() {
    return true;
  }

  /** One JSON value. */
  record Json() implements Format {
    @Override
    public String accept() {
      return "application/json";
    }
  }

  /** A JSON value for each row, usually one a line. */
  record JsonLines() implements Format {
    @Override
    public String accept() {
      return "application/x-ndjson, application/jsonl";
    }

    @Override
    public boolean hasFrame() {
      return false;
    }
  }

  /**
   * RFC 4180, one record a row.
   *
   * @param header whether the first record names the fields; else they are numbered from 0
   * @param openEnd whether the last record may lack its line break
   */
  record Csv(char delimiter, boolean header, boolean openEnd) implements Format {
    @Override
    public String accept() {
      return "text/csv";
    }

    @Override
    public boolean hasFrame() {
      return false;
    }
  }

  /** XML; each element at the place of the rows is a row. */
  record Xml() implements Format {
    @Override
    public String accept() {
      return "application/xml, text/xml";
    }
  }
}

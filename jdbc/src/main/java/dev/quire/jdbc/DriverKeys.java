package dev.quire.jdbc;

import dev.quire.spi.Property;
import java.util.List;

/** The keys that are the driver's own: the only home of what is known of them. */
final class DriverKeys {
  static final String CONFIG = "config";
  static final String SOURCE = "source";
  static final String SCHEMA = "schema";
  static final String MAX_CALLS = "max_calls";
  static final String MAX_BYTES = "max_bytes";
  static final String MAX_ROWS = "max_rows";
  static final String DEADLINE = "deadline";
  static final String STRICT = "strict";
  static final String PARALLEL = "parallel";
  static final String ON_EXCEED = "on_exceed";
  static final String QUERY_TIMEOUT = "query_timeout";
  static final String TYPES = "types";
  static final String USER = "user";
  static final String PASSWORD = "password";

  /** Only for a connection that reads a configuration file. */
  static final List<Property> OF_A_FILE =
      List.of(
          Property.of(
              CONFIG,
              Property.Kind.TEXT,
              "The configuration file. Default: QUIRE_CONFIG; else quire.yaml in the current folder,"
                  + " then quire/quire.yaml in the user's configuration folder."));

  /** Only for a connection whose URL describes its one source. */
  static final List<Property> OF_A_SOURCE =
      List.of(
          Property.of(
              SOURCE,
              Property.Kind.TEXT,
              "The source's name, which is its schema in SQL. Default: the connector's type."),
          Property.of(USER, Property.Kind.TEXT, "The same as auth.username."),
          Property.of(PASSWORD, Property.Kind.SECRET, "The same as auth.password."));

  /** For every connection. */
  static final List<Property> OF_ALL =
      List.of(
          Property.of(
              SCHEMA,
              Property.Kind.TEXT,
              "Where a table without a schema is looked for. Default: the only source, if there is"
                  + " only one."),
          Property.of(
              MAX_CALLS,
              Property.Kind.INTEGER,
              "The most requests for rows that a statement may make, retries included."),
          Property.of(
              MAX_BYTES,
              Property.Kind.TEXT,
              "No further page of a statement once so much has come, for example 64MiB."),
          Property.of(
              MAX_ROWS,
              Property.Kind.INTEGER,
              "The most rows of a result; unlike setMaxRows and LIMIT, a statement that would give"
                  + " more fails or is partial."),
          Property.of(
              DEADLINE,
              Property.Kind.DURATION,
              "When a statement stops in good order: no page is begun after that time, and the rows"
                  + " so far are its result, with a warning."),
          Property.choice(
                  STRICT,
                  List.of("true", "false"),
                  "Whether a table that is read whole is compared with the service's count, with one"
                      + " more request where its pages do not tell it; a difference is an error.")
              .withDefault("false"),
          Property.of(
              PARALLEL,
              Property.Kind.INTEGER,
              "Reads whole tables in so many parts at a time where the service allows that; 1 reads"
                  + " one page after the other. Default: the configuration's."),
          Property.choice(
                  ON_EXCEED,
                  List.of("error", "partial", "wait"),
                  "What a statement does when a limit is reached: fail, end with the rows so far and"
                      + " a warning, or wait for the next day where it is one of a day.")
              .withDefault("error"),
          Property.of(
              QUERY_TIMEOUT,
              Property.Kind.DURATION,
              "The time of a statement until its last row, where setQueryTimeout says nothing."),
          Property.choice(
                  TYPES,
                  List.of("full", "plain"),
                  "How moments and UUIDs are shown: as TIMESTAMP WITH TIME ZONE and UUID, or as"
                      + " TIMESTAMP and CHAR(36) for clients such as Spark that know neither.")
              .withDefault("full"));

  private DriverKeys() {}
}

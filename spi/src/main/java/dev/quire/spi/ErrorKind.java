package dev.quire.spi;

/** What kind of fault it is: who can act, the SQLSTATE, and whether trying again can help. */
public enum ErrorKind {
  /** The configuration is wrong or lacks something. The user can act. */
  CONFIGURATION("08001", false),
  /** SQL that cannot be parsed. */
  SYNTAX("42601", false),
  /** A source, table or column that does not exist. */
  UNKNOWN_NAME("42704", false),
  /** Types or arguments that do not fit, a missing required filter. */
  INVALID_STATEMENT("42000", false),
  /** A value that its type cannot hold, a division by zero, a failed cast. */
  INVALID_VALUE("22000", false),
  /** Valid, and not done by this version. */
  UNSUPPORTED("0A000", false),
  /** The service does not accept the credentials. */
  AUTHENTICATION("28000", false),
  /** The service knows the caller and refuses. */
  PERMISSION("42501", false),
  /** The service says that there is no such thing. */
  NOT_FOUND("42S02", false),
  /** No connection, or a connection that broke. */
  UNREACHABLE("08006", true),
  /** The certificate or the handshake is not right. */
  TLS("08001", false),
  /** No answer in time. */
  TIMEOUT("08006", true),
  /** Too many requests. */
  THROTTLED("53300", true),
  /** The service failed at its end (5xx). */
  REMOTE_FAILURE("58000", true),
  /** The service refuses the request for a reason of its own (4xx). */
  REJECTED("42000", false),
  /** An answer that is not what the protocol promises: HTML, cut JSON, an absent list. */
  MALFORMED_RESPONSE("58030", false),
  /** The chain of pages came back to where it was. */
  LOOP("58030", false),
  /** The place to resume at is not what it was: the data changed, or the statement did. */
  OUTDATED("55000", false),
  /** A link or redirect leaves the configured origin. */
  FOREIGN_ORIGIN("08004", false),
  /** The source declines at run time what it had accepted; the engine plans again without it. */
  PUSHDOWN_REFUSED("0A000", false),
  /** The call budget is spent. */
  BUDGET_EXCEEDED("53400", false),
  /** The statement's time is over. */
  DEADLINE_EXCEEDED("57014", false),
  /** Cancelled by the user. */
  CANCELLED("57014", false),
  /** The statement needs more memory than it may take. */
  OUT_OF_MEMORY("53200", false),
  /** A fault of Quire's own. */
  INTERNAL("XX000", false);

  private final String sqlState;
  private final boolean isTransient;

  ErrorKind(String sqlState, boolean isTransient) {
    this.sqlState = sqlState;
    this.isTransient = isTransient;
  }

  public String sqlState() {
    return sqlState;
  }

  /** Whether the same request may succeed later. */
  public boolean isTransient() {
    return isTransient;
  }
}

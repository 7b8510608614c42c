package dev.quire.jdbc;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

/**
 * The one place where exceptions of the driver are made. Each has the SQLSTATE of its {@link
 * ErrorKind} and, as vendor code, a number that stays the same from version to version.
 */
final class SqlErrors {
  private static final String CLOSED_CONNECTION = "08003";
  private static final String WRONG_STATE = "24000";
  private static final String WRONG_ARGUMENT = "HY000";
  private static final String NO_SUCH_COLUMN = "42703";
  private static final String NO_SUCH_PARAMETER = "07009";
  private static final String NOT_CONVERTIBLE = "22018";
  private static final String OUT_OF_RANGE = "22003";

  private SqlErrors() {}

  /** The vendor code of a kind. A number is never given to another kind. */
  static int vendorCode(ErrorKind kind) {
    return switch (kind) {
      case CONFIGURATION -> 1001;
      case SYNTAX -> 2001;
      case UNKNOWN_NAME -> 2002;
      case INVALID_STATEMENT -> 2003;
      case INVALID_VALUE -> 2004;
      case UNSUPPORTED -> 2005;
      case AUTHENTICATION -> 3001;
      case PERMISSION -> 3002;
      case NOT_FOUND -> 4001;
      case UNREACHABLE -> 4002;
      case TLS -> 4003;
      case TIMEOUT -> 4004;
      case THROTTLED -> 4005;
      case REMOTE_FAILURE -> 4006;
      case REJECTED -> 4007;
      case MALFORMED_RESPONSE -> 4008;
      case LOOP -> 4009;
      case FOREIGN_ORIGIN -> 4010;
      case PUSHDOWN_REFUSED -> 4011;
      case OUTDATED -> 4012;
      case BUDGET_EXCEEDED -> 5001;
      case DEADLINE_EXCEEDED -> 5002;
      case CANCELLED -> 5003;
      case OUT_OF_MEMORY -> 5004;
      case INTERNAL -> 9001;
    };
  }

  /** What a source or the engine threw, as JDBC has it. */
  static SQLException of(SourceException fault) {
    String text = String.valueOf(fault.getMessage());
    String state = fault.kind().sqlState();
    int code = vendorCode(fault.kind());
    return switch (fault.kind()) {
      case CONFIGURATION, TLS, FOREIGN_ORIGIN ->
          new SQLNonTransientConnectionException(text, state, code, fault);
      case SYNTAX, UNKNOWN_NAME, INVALID_STATEMENT, NOT_FOUND ->
          new SQLSyntaxErrorException(text, state, code, fault);
      case INVALID_VALUE -> new SQLDataException(text, state, code, fault);
      case UNSUPPORTED -> new SQLFeatureNotSupportedException(text, state, code, fault);
      case AUTHENTICATION -> new SQLInvalidAuthorizationSpecException(text, state, code, fault);
      case UNREACHABLE, TIMEOUT -> new SQLTransientConnectionException(text, state, code, fault);
      case DEADLINE_EXCEEDED -> new SQLTimeoutException(text, state, code, fault);
      case THROTTLED, REMOTE_FAILURE -> new SQLTransientException(text, state, code, fault);
      default -> new SQLNonTransientException(text, state, code, fault);
    };
  }

  /** A call to the engine, whose faults become SQL exceptions. */
  interface Call<T> {
    T make() throws SQLException;
  }

  /** Makes a call; whatever it throws comes out as an SQLException. */
  static <T> T translating(Call<T> call) throws SQLException {
    try {
      return call.make();
    } catch (RuntimeException e) {
      throw of(e);
    }
  }

  /** Whatever the engine threw, as JDBC has it. */
  static SQLException of(RuntimeException fault) {
    return of(
        fault instanceof SourceException known
            ? known
            : new SourceException(ErrorKind.INTERNAL, "a fault of Quire's own: " + fault, fault));
  }

  static SQLFeatureNotSupportedException unsupported(String problem) {
    return new SQLFeatureNotSupportedException(
        problem, ErrorKind.UNSUPPORTED.sqlState(), vendorCode(ErrorKind.UNSUPPORTED));
  }

  static SQLException configuration(String problem) {
    return of(new SourceException(ErrorKind.CONFIGURATION, problem));
  }

  /**
   * @param what for example {@code statement}
   */
  static SQLException closed(String what) {
    String state = what.equals("connection") ? CLOSED_CONNECTION : WRONG_STATE;
    return new SQLNonTransientException("the " + what + " is closed", state);
  }

  static SQLException wrongState(String problem) {
    return new SQLNonTransientException(problem, WRONG_STATE);
  }

  static SQLException wrongArgument(String problem) {
    return new SQLNonTransientException(problem, WRONG_ARGUMENT);
  }

  static SQLException noSuchColumn(String problem) {
    return new SQLSyntaxErrorException(problem, NO_SUCH_COLUMN, vendorCode(ErrorKind.UNKNOWN_NAME));
  }

  static SQLException noSuchParameter(String problem) {
    return new SQLNonTransientException(
        problem, NO_SUCH_PARAMETER, vendorCode(ErrorKind.INVALID_STATEMENT));
  }

  /** A value that is of no use as what was asked for. Its text is not shown: it may be personal. */
  static SQLDataException notConvertible(String what, String wanted) {
    return new SQLDataException(
        what + " cannot be read as " + wanted,
        NOT_CONVERTIBLE,
        vendorCode(ErrorKind.INVALID_VALUE));
  }

  /** A number that is too large or too small for what was asked for. */
  static SQLDataException outOfRange(String what, String wanted) {
    return new SQLDataException(
        what + " does not fit into " + wanted, OUT_OF_RANGE, vendorCode(ErrorKind.INVALID_VALUE));
  }
}

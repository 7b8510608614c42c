package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlErrorsTest {
  private static SQLException of(ErrorKind kind) {
    return SqlErrors.of(new SourceException(kind, "a problem").withPlace("crm.accounts, page 3"));
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void every_kind_has_its_sqlstate_and_vendor_code_and_says_what_was_wrong(ErrorKind kind) {
    SQLException fault = of(kind);
    assertThat(fault.getSQLState()).isEqualTo(kind.sqlState());
    assertThat(fault.getErrorCode()).isEqualTo(SqlErrors.vendorCode(kind)).isPositive();
    assertThat(fault.getMessage()).isEqualTo("crm.accounts, page 3: a problem");
    assertThat(fault.getCause()).isInstanceOf(SourceException.class);
    assertThat(fault instanceof SQLTransientException)
        .isEqualTo(kind.isTransient() || kind == ErrorKind.DEADLINE_EXCEEDED);
  }

  @Test
  void no_vendor_code_is_given_twice() {
    Set<Integer> codes = new HashSet<>();
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(codes.add(SqlErrors.vendorCode(kind))).as(kind.name()).isTrue();
    }
  }

  @Test
  void kinds_that_jdbc_knows_have_its_exceptions() {
    assertThat((Throwable) of(ErrorKind.SYNTAX)).isInstanceOf(SQLSyntaxErrorException.class);
    assertThat((Throwable) of(ErrorKind.UNSUPPORTED))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThat((Throwable) of(ErrorKind.AUTHENTICATION))
        .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
    assertThat((Throwable) of(ErrorKind.DEADLINE_EXCEEDED)).isInstanceOf(SQLTimeoutException.class);
  }

  @Test
  void a_fault_that_nobody_expected_is_internal() {
    SQLException fault = SqlErrors.of(new IllegalStateException("oops"));
    assertThat(fault.getSQLState()).isEqualTo("XX000");
    assertThat(fault.getMessage()).contains("a fault of Quire's own").contains("oops");
  }
}

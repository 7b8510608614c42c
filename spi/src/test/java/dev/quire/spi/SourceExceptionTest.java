package dev.quire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceExceptionTest {
  private final SourceException plain =
      new SourceException(ErrorKind.THROTTLED, "answered 429", new IllegalStateException("cause"));

  @Test
  void says_where_what_and_what_to_do() {
    SourceException full = plain.withPlace("crm.accounts, page 3").withHint("Wait a minute.");
    assertThat(full).hasMessage("crm.accounts, page 3: answered 429\n  Wait a minute.");
    assertThat(full.problem()).isEqualTo("answered 429");
    assertThat(full.place()).contains("crm.accounts, page 3");
    assertThat(full.hint()).contains("Wait a minute.");
    assertThat(full.kind()).isEqualTo(ErrorKind.THROTTLED);
    assertThat(plain).hasMessage("answered 429");
    assertThat(plain.place()).isEmpty();
  }

  @Test
  void the_first_place_and_the_first_hint_stay() {
    SourceException first = plain.withPlace("here").withHint("do this");
    assertThat(first.withPlace("elsewhere").withHint("do that")).isSameAs(first);
  }

  @Test
  void a_copy_keeps_cause_trace_and_suppressed() {
    plain.addSuppressed(new IllegalStateException("close failed"));
    SourceException copy = plain.withPlace("here");
    assertThat(copy.getCause()).hasMessage("cause");
    assertThat(copy.getStackTrace()).isEqualTo(plain.getStackTrace());
    assertThat(copy.getSuppressed()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void every_kind_has_a_sqlstate(ErrorKind kind) {
    assertThat(kind.sqlState()).matches("[0-9A-Z]{5}");
  }
}

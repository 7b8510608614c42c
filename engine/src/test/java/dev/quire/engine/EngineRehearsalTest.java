package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class EngineRehearsalTest {

  /** Whoever runs it beside other work hears of no fault. */
  @Test
  void a_rehearsal_runs_its_statement() {
    assertThatCode(() -> Engine.rehearse(true)).doesNotThrowAnyException();
    assertThatCode(() -> Engine.rehearse(false)).doesNotThrowAnyException();
  }
}

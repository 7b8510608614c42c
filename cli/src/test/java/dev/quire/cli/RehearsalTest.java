package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void every_command_of_the_rehearsal_is_complete() {
    assertThatCode(Rehearsal::run).doesNotThrowAnyException();
  }
}

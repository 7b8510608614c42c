package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir Path folder;
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
  }

  @Test
  void every_source_gets_a_line_and_a_broken_one_does_not_hide_the_others() {
    assertThat(quire.run("check")).isEqualTo(1);
    assertThat(quire.out())
        .matches(
            "crm: ok, 2 tables, crm\\.accounts answers, \\d+\\.\\d\\d s\n"
                + "broken: failed: no connection to broken\n");
    assertThat(quire.err()).isEmpty();
    assertThat(quire.engine.closed).isTrue();
  }

  @Test
  void a_named_source_is_tried_alone() {
    assertThat(quire.run("check", "CRM")).isZero();
    assertThat(quire.out()).startsWith("crm: ok, ").hasLineCount(1);
    assertThat(quire.engine.statements)
        .containsExactly("SELECT \"accountid\" FROM crm.accounts LIMIT 1");
  }

  @Test
  void credentials_that_are_refused_for_rows_alone_are_noticed() {
    quire.engine.faultAtOnce =
        new SourceException(ErrorKind.AUTHENTICATION, "the service does not know the caller")
            .withPlace("crm.accounts, page 1")
            .withHint("Correct auth.token.");
    assertThat(quire.run("check", "crm")).isEqualTo(1);
    assertThat(quire.out())
        .isEqualTo(
            "crm: failed: crm.accounts, page 1: the service does not know the caller\n"
                + "  Correct auth.token.\n");
    assertThat(quire.engine.statements).hasSize(1);
  }

  @Test
  void a_table_that_is_forbidden_lets_the_next_one_answer_for_the_source() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.PERMISSION, "forbidden");
    assertThat(quire.run("check", "crm")).isEqualTo(1);
    assertThat(quire.out()).isEqualTo("crm: failed: forbidden\n");
    assertThat(quire.engine.statements).hasSize(2);
  }

  @Test
  void an_interruption_ends_the_command() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.CANCELLED, "interrupted");
    quire.interrupts.raise();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(quire.run("check", "crm")).isEqualTo(130);
    assertThat(quire.out()).isEmpty();
  }

  @Test
  void a_service_is_asked_for_its_metadata_and_one_row() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      quire.serve(server.baseUrl());
      assertThat(quire.run("check")).isZero();
      assertThat(quire.out()).startsWith("crm: ok, 3 tables, crm.accounts answers, ");
      assertThat(server.requests())
          .extracting(SampleRequest::target)
          .satisfiesExactly(
              target -> assertThat(target).endsWith("$metadata"),
              target -> assertThat(target).contains("/accounts?").contains("top=1"));
    }
  }

  @Test
  void what_is_missing_is_said_with_its_place_and_no_secret_is_shown() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      quire.serve(server.baseUrl());
      quire.configure(
          """
          sources:
            crm:
              type: odata
              url: %s
              auth: {type: bearer, token: "${env:CRM_TOKEN}"}
          """
              .formatted(server.baseUrl()));
      assertThat(quire.run("check")).isEqualTo(1);
      assertThat(quire.out())
          .startsWith("crm: failed: ")
          .contains("quire.yaml:5: the environment variable CRM_TOKEN is not set\n")
          .contains("export CRM_TOKEN=");
      quire.environment.put("CRM_TOKEN", "s3cret-value");
      server.failNext(100, 401, "", "0x0");
      assertThat(quire.run("check", "-v")).isEqualTo(1);
      assertThat(quire.out() + quire.err()).contains("401").doesNotContain("s3cret");
    }
  }

  @Test
  void an_unknown_source_is_an_error_that_brings_the_nearest() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      quire.serve(server.baseUrl());
      assertThat(quire.run("check", "crn")).isEqualTo(1);
      assertThat(quire.err()).contains("no source 'crn'").contains("'crm'");
      assertThat(quire.run("check", "sys")).isZero();
      assertThat(quire.out()).startsWith("sys: ok, 5 tables, sys.sources answers, ");
    }
  }
}

package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over the real engine, connector and HTTP, against the sample server. */
class EndToEndTest {
  @TempDir Path folder;
  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT);
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
    quire.serve(server.baseUrl());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The requests for rows, readable. */
  private List<String> calls() {
    return server.requests().stream()
        .filter(request -> !request.target().contains("$metadata"))
        .map(SampleRequest::target)
        .map(target -> URLDecoder.decode(target, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void a_full_scan_of_12001_rows_takes_three_calls() {
    assertThat(quire.run("query", "SELECT accountid FROM crm.accounts", "--format", "csv"))
        .isZero();
    assertThat(quire.out().lines().distinct()).hasSize(12_002);
    assertThat(calls()).hasSize(3);
    assertThat(quire.err()).startsWith("complete: 12,001 rows, 3 calls, ");
  }

  @Test
  void a_limit_of_6000_takes_two_calls() {
    assertThat(quire.run("query", "SELECT name FROM crm.accounts LIMIT 6000", "--format", "jsonl"))
        .isZero();
    assertThat(quire.out().lines()).hasSize(6_000);
    assertThat(calls()).hasSize(2);
  }

  @Test
  void a_limit_of_5_takes_one_call_that_asks_for_5_rows() {
    assertThat(quire.run("query", "SELECT name FROM crm.accounts LIMIT 5", "--format", "csv"))
        .isZero();
    assertThat(quire.out().lines()).hasSize(6);
    assertThat(calls()).singleElement().asString().contains("$top=5");
  }

  @Test
  void tables_and_columns_are_listed() {
    assertThat(quire.run("tables", "CRM", "--format", "csv")).isZero();
    assertThat(quire.out().lines()).contains("crm.accounts", "crm.contacts", "crm.opportunities");
    assertThat(quire.run("describe", "crm.Accounts")).isZero();
    assertThat(quire.out()).contains("accountid").contains("UUID").contains("revenue");
    assertThat(calls()).singleElement().asString().contains("EntityDefinitions");
  }

  @Test
  void tables_below_a_row_are_listed_and_described() {
    assertThat(quire.run("tables", "crm.accounts")).isZero();
    assertThat(quire.out()).contains("crm.accounts.contact_customer_accounts");
    assertThat(quire.run("describe", "crm.accounts.contact_customer_accounts")).isZero();
    assertThat(quire.out())
        .contains("parent_accountid", "-> accounts.accountid")
        .doesNotContain("as \"parentcustomerid_account");
    assertThat(quire.run("tables", "crm.acounts")).isEqualTo(1);
    assertThat(quire.err()).contains("Did you mean 'accounts'?");
    assertThat(calls()).isEmpty();
  }

  @Test
  void a_join_that_is_read_along_a_reference_warns_of_nothing() {
    String join =
        "FROM crm.accounts a JOIN crm.contacts c ON c.contactid = _primarycontactid_value";
    assertThat(quire.run("query", "SELECT a.name, c.fullname " + join + " LIMIT 5")).isZero();
    assertThat(quire.err()).startsWith("complete: 5 rows, ");
    assertThat(calls()).singleElement().asString().contains("$expand=primarycontactid");
  }

  @Test
  void explain_reads_no_row() {
    assertThat(quire.run("explain", "SELECT name FROM crm.accounts LIMIT 5")).isZero();
    assertThat(quire.out()).contains("crm.accounts").contains("GET ").contains("top=5");
    assertThat(calls()).allMatch(call -> call.contains("$count"));
  }

  @Test
  void a_wrong_name_brings_the_nearest_and_exits_with_1() {
    assertThat(quire.run("query", "SELECT nam FROM crm.accounts")).isEqualTo(1);
    assertThat(quire.err()).startsWith("quire: ").contains("nam").contains("name");
    assertThat(quire.run("query", "SELECT name FROM crm.acounts")).isEqualTo(1);
    assertThat(quire.err()).contains("acounts").contains("accounts");
    assertThat(quire.run("tables", "crn")).isEqualTo(1);
    assertThat(quire.err()).contains("'crm'");
    assertThat(calls()).isEmpty();
  }

  @Test
  void a_syntax_fault_shows_its_place() {
    assertThat(quire.run("query", "SELECT name FORM crm.accounts")).isEqualTo(1);
    assertThat(quire.err()).contains("SELECT name FORM crm.accounts").contains("^");
  }

  @Test
  void a_semicolon_at_the_end_is_fine() {
    assertThat(quire.run("query", "SELECT name FROM crm.accounts LIMIT 5;\n", "-q")).isZero();
  }

  @Test
  void a_budget_of_two_calls_fails_or_ends_as_wished() {
    String all = "SELECT accountid FROM crm.accounts";
    assertThat(quire.run("query", all, "--max-calls", "2")).isEqualTo(1);
    assertThat(quire.err()).contains("--max-calls");
    assertThat(quire.run("query", all, "--max-calls", "2", "--on-exceed", "partial", "-o", "a.txt"))
        .isEqualTo(3);
    assertThat(quire.err()).contains("partial: 10,000 rows, 2 calls, ");
    assertThat(folder.resolve("a.txt.partial")).exists();
  }

  @Test
  void an_unreachable_service_is_a_failure_and_a_missing_secret_a_fault_of_configuration() {
    server.close();
    assertThat(quire.run("query", "SELECT name FROM crm.accounts")).isEqualTo(1);
    assertThat(quire.err()).startsWith("quire: crm").contains("127.0.0.1");
    quire.configure(
        """
        sources:
          crm:
            type: odata
            url: http://127.0.0.1:1/x
            auth: {type: bearer, token: "${env:CRM_TOKEN}"}
        """);
    assertThat(quire.run("query", "SELECT name FROM crm.accounts")).isEqualTo(2);
    assertThat(quire.err()).contains("quire.yaml:5: ").contains("CRM_TOKEN");
  }

  @Test
  void an_unknown_source_type_or_key_is_a_fault_of_configuration() {
    quire.configure("sources:\n  crm: {type: odta, url: 'http://127.0.0.1:1/x'}\n");
    assertThat(quire.run("tables", "crm")).isEqualTo(2);
    assertThat(quire.err()).contains("odta").contains("odata");
    quire.configure("sources:\n  crm:\n    type: odata\n    ulr: http://127.0.0.1:1/x\n");
    assertThat(quire.run("tables", "crm")).isEqualTo(2);
    assertThat(quire.err()).contains("quire.yaml:4: ").contains("'ulr'").contains("'url'");
  }

  @Test
  void verbose_lines_tell_metadata_from_data() {
    assertThat(quire.run("query", "SELECT name FROM crm.accounts LIMIT 5", "-v")).isZero();
    assertThat(quire.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("  metadata  GET http://127.0.0.1"))
        .anyMatch(line -> line.contains("  data      GET http://127.0.0.1"));
  }

  @Test
  void the_demo_is_as_it_promises() {
    assertThat(quire.run("demo")).isZero();
    assertThat(quire.err()).isEmpty();
    assertThat(quire.out())
        .contains("complete: 12,001 rows, 3 calls, ")
        .contains("… 11,996 more rows")
        .contains("complete: 5 rows, 1 call, ")
        .contains("$select=name,revenue&$top=5  ")
        .contains("complete: 5 rows, 2 calls, ")
        .contains("complete: 3 rows, 1 call, ")
        .contains("All as expected");
  }

  @Test
  void the_demo_says_when_its_options_cannot_be() {
    assertThat(quire.run("demo", "--rows", "0")).isEqualTo(2);
    assertThat(quire.run("demo", "--port", "70000")).isEqualTo(2);
    assertThat(quire.run("demo", "--port", String.valueOf(server.port()))).isEqualTo(2);
    assertThat(quire.err()).contains("Leave --port out for a free one");
  }
}

package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.cli.format.DisplayText;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a user meets it: the real process on a real pseudo-terminal. */
@Timeout(180)
class PtyTest {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String UP = "\u001bOA";
  private static final String TAB = "\t";
  private static final String ENTER = "\r";

  @TempDir Path folder;
  private SampleServer server;
  private PtyTrial shell;

  @BeforeAll
  static void needsScript() {
    assumeTrue(PtyTrial.isPossible(), "no pseudo-terminal: 'script' of util-linux is missing");
  }

  @BeforeEach
  void start() throws IOException {
    server = SampleServer.start(SampleOptions.DEFAULT);
    Files.writeString(
        folder.resolve("quire.yaml"),
        "sources: {crm: {type: odata, profile: dataverse, url: '%s'}}\n"
            .formatted(server.baseUrl()));
    shell = new PtyTrial(folder, 80);
  }

  @AfterEach
  void stop() {
    shell.close();
    server.close();
  }

  private void reopen(int columns) {
    shell.close();
    shell = new PtyTrial(folder, columns);
  }

  /** Types a statement and gives what is shown up to the next prompt. */
  private String run(String keys) {
    shell.type(keys + ENTER);
    return shell.await("complete: ") + shell.await("quire> ");
  }

  /** The lines of a result, from its rule on. */
  private static List<String> rows(String shown) {
    return shown.lines().dropWhile(line -> !line.startsWith("-")).toList();
  }

  @Test
  void tab_completes_and_the_arrow_finds_the_statement_again_also_after_a_new_start()
      throws Exception {
    String first = run("SELECT name FROM crm.acc" + TAB + "ORDER BY name LIMIT 2;");
    assertThat(first).contains("SELECT name FROM crm.accounts ORDER BY name LIMIT 2;");
    String second = run(UP);
    assertThat(second).contains("SELECT name FROM crm.accounts ORDER BY name LIMIT 2;");
    shell.type(CTRL_D);
    assertThat(shell.exitCode()).isZero();
    reopen(80);
    String third = run(UP);
    assertThat(third).contains("SELECT name FROM crm.accounts ORDER BY name LIMIT 2;");
    assertThat(rows(first).subList(0, 3))
        .isEqualTo(rows(second).subList(0, 3))
        .isEqualTo(rows(third).subList(0, 3));
  }

  @Test
  void ctrl_c_stops_the_statement_and_not_the_shell() throws Exception {
    run("SELECT name FROM crm.accounts LIMIT 1;");
    server.failNext(1, 429, "3600", "0x80072322");
    shell.type("SELECT name FROM crm.accounts;" + ENTER);
    shell.await("throttled");
    shell.type(CTRL_C);
    shell.await("interrupted: 0 rows");
    shell.await("quire> ");
    shell.type("SELECT nonsense" + ENTER);
    shell.await("   ... ");
    shell.type(CTRL_C);
    shell.await("quire> ");
    assertThat(run("SELECT COUNT(*) AS n FROM sys.sources;")).contains("complete: 1 row");
    shell.type("\\q" + ENTER);
    assertThat(shell.exitCode()).isZero();
  }

  @Test
  void ctrl_c_ends_the_wait_for_a_sign_in_and_the_next_statement_asks_again() throws Exception {
    try (FakeApi issuer = FakeApi.start()) {
      issuer.on(
          "/device",
          request ->
              Reply.json(
                  "{\"device_code\":\"d1\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\""
                      + issuer.url("/go")
                      + "\"}"));
      issuer.on("/token", request -> Reply.json("{\"error\":\"authorization_pending\"}"));
      Files.writeString(
          folder.resolve("quire.yaml"),
          """
          sources:
            crm:
              type: odata
              profile: dataverse
              url: %s
              auth: {type: oauth2, grant: device_code, client_id: id, device_url: %s, token_url: %s}
          """
              .formatted(server.baseUrl(), issuer.url("/device"), issuer.url("/token")));
      reopen(80);
      for (int i = 0; i < 2; i++) {
        shell.type("SELECT name FROM crm.accounts;" + ENTER);
        shell.await("and enter the code WDJB-MJHT\n");
        shell.type(CTRL_C);
        shell.await("quire> ");
      }
      shell.type(CTRL_D);
      assertThat(shell.exitCode()).as(shell.screen()).isZero();
    }
  }

  @Test
  void rows_fit_a_window_of_40_columns_and_the_next_ones_a_wider_one() throws Exception {
    reopen(40);
    String sql = "SELECT accountid, name, createdon FROM crm.accounts LIMIT 3;";
    List<String> narrow = rows(run(sql));
    assertThat(narrow.subList(0, 4))
        .allSatisfy(line -> assertThat(DisplayText.width(line)).isLessThanOrEqualTo(40))
        .anyMatch(line -> line.contains("…"));
    shell.resize(120);
    assertThat(rows(run(sql)).subList(0, 4)).noneMatch(line -> line.contains("…"));
    shell.resize(40);
    assertThat(rows(run(sql)).subList(0, 4)).isEqualTo(narrow.subList(0, 4));
  }

  @Test
  void japanese_text_is_typed_and_stays_aligned() {
    String shown =
        run(
            "(SELECT '東京都' AS c, 1 AS n FROM crm.contacts LIMIT 1) UNION ALL"
                + ENTER
                + "(SELECT 'ab', 2 FROM crm.contacts WHERE 'x' <> '株式会社' LIMIT 1);");
    assertThat(shown).contains("'株式会社'").contains("c       n\n------  -\n東京都  1\nab      2\n");
  }
}

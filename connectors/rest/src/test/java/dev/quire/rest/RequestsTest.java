package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests are made and paced, and what becomes of refusals. */
class RequestsTest {
  @TempDir Path folder;

  private static final String PAGED =
      """
      url: URL
      tables:
        items:
          path: /items
          rows: /items
          total: /total
          columns: {id: integer}
          paging: {style: page, parameter: page, pages: /pages}
      """;

  private static Reply page(String page) {
    return Reply.json("{\"pages\":3,\"total\":4,\"items\":[{\"id\":" + page + "}]}");
  }

  @Test
  void the_parameters_of_a_form_are_its_body_on_every_page() {
    String spec =
        """
        url: URL
        parameters: {kind: "a&b"}
        tables:
          items:
            path: /search
            method: POST
            form: true
            page_size: {parameter: size, usual: 1}
            columns: {id: integer}
            paging: {style: offset, parameter: from}
        """;
    try (Api api =
        new Api(
            folder,
            spec,
            request -> Reply.json(request.text().endsWith("from=0") ? "[{\"id\":1}]" : "[]"))) {
      assertThat(api.read("items", List.of("id"))).hasSize(1);
      assertThat(api.requests())
          .containsExactly(
              "POST /search kind=a%26b&size=1&from=0", "POST /search kind=a%26b&size=1&from=1");
      assertThat(api.received())
          .allMatch(
              request ->
                  request
                      .header("Content-Type")
                      .orElse("")
                      .equals("application/x-www-form-urlencoded"));
    }
  }

  @ParameterizedTest
  @CsvSource({"2/min, , 60", "2/min, 1/min, 120", "100/s, , 0"})
  void the_pace_of_the_spec_is_kept_unless_the_source_has_another(
      String ofSpec, String ofSource, long seconds) {
    Map<String, String> settings =
        ofSource == null ? Map.of() : Map.of("http.rate_limit", ofSource);
    try (Api api =
        new Api(
            folder,
            "rate_limit: " + ofSpec + "\n" + PAGED,
            settings,
            request -> page(request.parameter("page").orElseThrow()))) {
      assertThat(api.read("items", List.of("id"))).hasSize(3);
      assertThat(api.slept()).isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void fewer_rows_than_the_total_are_warned_of() {
    try (Api api =
        new Api(folder, PAGED, request -> page(request.parameter("page").orElseThrow()))) {
      api.read("items", List.of("id"));
      assertThat(api.statement.warnings())
          .containsExactly("svc.items: the service announced 4 rows and sent 3");
    }
  }

  @Test
  void h33_a_code_in_a_400_that_means_later_is_tried_again() {
    String errors = "errors: {code: /error/code, message: /error/text, retry: [slow_down]}\n";
    int[] refusals = {1};
    try (Api api =
        new Api(
            folder,
            errors + PAGED,
            request ->
                refusals[0]-- > 0
                    ? Reply.json("{\"error\":{\"code\":\"slow_down\"}}").withStatus(400)
                    : page(request.parameter("page").orElseThrow()))) {
      assertThat(api.read("items", List.of("id"))).hasSize(3);
      assertThat(api.requests()).hasSize(4);
    }
    try (Api api =
        new Api(
            folder,
            errors + PAGED,
            request ->
                Reply.json("{\"error\":{\"code\":\"bad\",\"text\":\"no such field\"}}")
                    .withStatus(400))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("bad: no such field");
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void a_sign_in_is_kept_in_a_file_that_its_owner_alone_can_read() throws Exception {
    Path cache = folder.resolve("svc.token");
    try (FakeApi issuer = FakeApi.start()) {
      issuer.on(
          request ->
              Reply.json(
                  "{\"access_token\":\"a1\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                      + "\"refresh_token\":\"r2\"}"));
      Map<String, String> settings =
          Map.of(
              "auth.type", "oauth2",
              "auth.grant", "refresh_token",
              "auth.client_id", "c",
              "auth.refresh_token", "r1",
              "auth.token_url", issuer.url("/token"),
              "auth.token_cache", cache.toString());
      for (int start = 0; start < 2; start++) {
        try (Api api =
            new Api(
                folder,
                PAGED,
                settings,
                request -> page(request.parameter("page").orElseThrow()))) {
          assertThat(api.read("items", List.of("id"))).hasSize(3);
          assertThat(api.received())
              .allMatch(r -> r.header("Authorization").orElse("").equals("Bearer a1"));
        }
      }
      assertThat(issuer.requests().get(0).text()).contains("refresh_token=r1");
      assertThat(issuer.requests().get(1).text()).contains("refresh_token=r2");
    }
    assertThat(Files.readString(cache)).contains("r2");
    if (cache.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
          .isEqualTo("rw-------");
    }
  }
}

package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions become parts of requests, and answers become values. */
class FiltersTest {
  @TempDir Path folder;

  private static final String SPEC =
      """
      url: URL/api?version=2&page=7
      errors: {when: [{at: /ok, is: false}], message: /error, code: /error, retry: [ratelimited]}
      tables:
        issues:
          path: /repos/{owner}/{repo}/issues
          rows: {at: /list, as: list}
          key: [id]
          columns:
            id: bigint
            title: string
            login: {type: string, path: /user/login}
            user: json
            labels: {type: string, path: /labels/0/name}
            created: {type: timestamptz, format: epoch}
          filters:
            - {column: created, operator: ">=", parameter: since, exact: true}
            - {column: login, parameter: creator}
            - {column: title, parameter: titles, join: ","}
          paging: {style: page, parameter: page, end: empty_page}
        rates:
          path: /rates
          rows: {at: /rates, as: map}
          columns:
            currency: {type: string, path: /@key}
            rate: {type: decimal, path: ""}
      """;

  private Api api(String body) {
    return new Api(
        folder,
        SPEC,
        request ->
            Reply.json(
                request.path().endsWith("/rates") || request.parameter("page").get().equals("1")
                    ? body
                    : "{\"list\":[]}"));
  }

  private static Expression is(Function function, String column, Object... values) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef(column, DataType.VARCHAR));
    for (Object value : values) {
      arguments.add(
          value == FREE
              ? new Placeholder(DataType.VARCHAR)
              : new Constant(
                  value, value instanceof Instant ? DataType.TIMESTAMP_TZ : DataType.VARCHAR));
    }
    return new Expression.Call(function, arguments);
  }

  private static final Object FREE = new Object();

  @Test
  void a_name_in_the_path_must_be_given_and_is_in_every_row() {
    try (Api api = api("{\"list\":[{\"id\":1},{\"id\":2}]}")) {
      assertThat(api.table("issues").schema().findColumn("owner").orElseThrow().traits())
          .contains(Column.Trait.REQUIRED_FILTER);

      assertThat(
              api.read(
                  "issues",
                  List.of("owner", "repo", "id"),
                  is(Function.EQ, "owner", "a/b é"),
                  is(Function.EQ, "repo", "r")))
          .containsExactly(List.of("a/b é", "r", "1"), List.of("a/b é", "r", "2"));
      assertThat(api.requests().get(0))
          .isEqualTo("GET /api/repos/a%2Fb%20%C3%A9/r/issues?version=2&page=1");
    }
  }

  @Test
  void h40_paging_parameters_of_the_configured_url_are_replaced() {
    try (Api api = api("{\"list\":[{\"id\":1}]}")) {
      api.read(
          "issues", List.of("id"), is(Function.EQ, "owner", "o"), is(Function.EQ, "repo", "r"));

      assertThat(api.requests())
          .containsExactly(
              "GET /api/repos/o/r/issues?version=2&page=1",
              "GET /api/repos/o/r/issues?version=2&page=2");
    }
  }

  @Test
  void several_values_are_a_chain_each_and_a_value_twice_is_one() {
    try (Api api = api("{\"list\":[{\"id\":1}]}")) {
      assertThat(
              api.read(
                  "issues",
                  List.of("repo"),
                  is(Function.EQ, "owner", "o"),
                  is(Function.IN, "repo", "a", "b", "a")))
          .containsExactly(List.of("a"), List.of("b"));
      assertThat(api.requests()).hasSize(4);
    }
  }

  @Test
  void values_that_an_api_takes_together_are_one_request() {
    try (Api api = api("{\"list\":[{\"id\":1}]}")) {
      api.read(
          "issues",
          List.of("id"),
          is(Function.EQ, "owner", "o"),
          is(Function.EQ, "repo", "r"),
          is(Function.IN, "title", "x", "y, z"));

      assertThat(api.requests().get(0)).endsWith("titles=x%2Cy%2C%20z");
    }
  }

  @Test
  void conditions_are_exact_only_where_the_spec_says_so() {
    try (Api api = api("{\"list\":[]}")) {
      List<Expression> wanted =
          List.of(
              is(Function.EQ, "owner", "o"),
              is(Function.GE, "created", Instant.parse("2026-01-01T00:00:00Z")),
              is(Function.EQ, "login", "x"),
              is(Function.EQ, "login", "y"),
              is(Function.LT, "created", Instant.EPOCH),
              is(Function.IN, "repo", FREE, FREE),
              is(Function.EQ, "repo", FREE));

      assertThat(
              api.table("issues")
                  .pushDown(ScanRequest.of(List.of("id")).withFilters(wanted))
                  .filters())
          .containsExactly(
              Fidelity.EXACT,
              Fidelity.EXACT,
              Fidelity.NARROWING,
              Fidelity.NONE,
              Fidelity.NONE,
              Fidelity.NONE,
              Fidelity.EXACT);
    }
  }

  @Test
  void values_are_found_below_the_row_whatever_their_depth() {
    try (Api api =
        api(
            "{\"list\":[{\"labels\":[{\"name\":\"bug\"},{\"name\":\"x\"}],\"created\":1760000000.5,"
                + "\"user\":{\"login\":\"ann\",\"id\":9007199254740993}},{\"user\":null}]}")) {
      assertThat(
              api.read(
                  "issues",
                  List.of("login", "user", "labels", "created"),
                  is(Function.EQ, "owner", "o"),
                  is(Function.EQ, "repo", "r"),
                  is(Function.GE, "created", Instant.ofEpochSecond(1_000))))
          .containsExactly(
              List.of(
                  "ann",
                  "{\"login\":\"ann\",\"id\":9007199254740993}",
                  "bug",
                  "2025-10-09T08:53:20.500Z"),
              List.of("null", "null", "null", "null"));
      assertThat(api.requests().get(0)).contains("since=1000");
    }
  }

  @Test
  void members_of_an_object_are_rows_with_their_names() {
    try (Api api = api("{\"rates\":{\"EUR\":1.10,\"JPY\":0.0066}}")) {
      assertThat(api.read("rates", List.of("currency", "rate")))
          .containsExactly(List.of("EUR", "1.10"), List.of("JPY", "0.0066"));
    }
  }

  @Test
  void an_error_with_the_status_of_a_success_is_an_error() {
    try (Api api = api("{\"ok\":false,\"error\":\"channel_not_found\"}")) {
      assertThatThrownBy(() -> api.read("rates", List.of("rate")))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REJECTED))
          .hasMessageContaining("channel_not_found");
    }
  }

  @Test
  void an_error_whose_code_says_later_is_tried_again() {
    int[] asked = new int[1];
    try (Api api =
        new Api(
            folder,
            SPEC,
            request ->
                Reply.json(
                    asked[0]++ == 0
                        ? "{\"ok\":false,\"error\":\"ratelimited\"}"
                        : "{\"ok\":true,\"rates\":{\"EUR\":1}}"))) {
      assertThat(api.read("rates", List.of("rate"))).hasSize(1);
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void a_value_that_its_column_cannot_hold_is_an_error_with_its_row() {
    try (Api api = api("{\"rates\":{\"EUR\":1,\"JPY\":\"n/a\"}}")) {
      assertThatThrownBy(() -> api.read("rates", List.of("rate")))
          .hasMessageContaining("row 2")
          .hasMessageContaining("'n/a'")
          .hasMessageContaining("declared DECIMAL");
    }
  }
}

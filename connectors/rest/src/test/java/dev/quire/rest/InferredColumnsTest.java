package dev.quire.rest;

import static dev.quire.rest.Api.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose columns the spec leaves open: the first page tells them, and is asked for once. */
class InferredColumnsTest {
  @TempDir Path folder;

  private Api api(String table, Function<ReceivedRequest, Reply> answers) {
    return new Api(
        folder, "url: URL\ntables:\n  items:\n    path: /items\n" + table.indent(4), answers);
  }

  private static List<String> columns(Api api) {
    return api.table("items").schema().columns().stream()
        .map(column -> column.name() + " " + column.type().sqlName())
        .toList();
  }

  private static final String FIRST =
      "{\"items\":[{\"id\":1,\"n\":1.5,\"on\":true,\"s\":\"x\",\"at\":\"2026-01-02T03:04:05Z\"},"
          + "{\"id\":2,\"list\":[1],\"none\":null}],\"next\":\"2\"}";
  private static final String TOKEN =
      "rows: /items\npaging: {style: token, from: /next, parameter: after}\n";

  @Test
  void h37_the_first_page_tells_the_columns_and_is_not_asked_for_again() {
    try (Api api =
        api(
            TOKEN,
            request ->
                Reply.json(
                    request.parameter("after").isPresent()
                        ? "{\"items\":[{\"id\":3,\"n\":2,\"new\":7}]}"
                        : FIRST))) {
      var table = api.table("items");
      assertThat(table.schema().columns())
          .extracting(column -> column.name() + " " + column.type().kind())
          .containsExactly(
              "id BIGINT",
              "n DECIMAL",
              "on BOOLEAN",
              "s VARCHAR",
              "at TIMESTAMP_TZ",
              "list JSON",
              "none JSON");
      assertThat(api.rows(table, api.splits(table, 1, List.of("id", "n")).get(0)))
          .containsExactly(List.of("1", "1.5"), List.of("2", "null"), List.of("3", "2"));
      assertThat(api.requests()).containsExactly("GET /items", "GET /items?after=2");
    }
  }

  @Test
  void the_kept_page_is_given_once() {
    try (Api api = api("rows: /items", request -> Reply.json(FIRST))) {
      var table = api.table("items");
      var split = api.splits(table, 1, List.of("id")).get(0);
      assertThat(api.rows(table, split)).hasSize(2);
      assertThat(api.rows(table, split)).hasSize(2);
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void columns_are_found_out_once_for_all_statements() {
    try (Api api = api("rows: /items", request -> Reply.json(FIRST))) {
      columns(api);
      assertThat(columns(api)).hasSize(7);
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void a_page_of_another_size_is_the_first_page_all_the_same() {
    String sized = "rows: /items\npage_size: {parameter: size, usual: 100}\n";
    try (Api api = api(sized, request -> Reply.json(FIRST))) {
      assertThat(api.read("items", List.of("id"), java.util.OptionalLong.of(1))).hasSize(2);
      assertThat(api.requests()).containsExactly("GET /items?size=100");
    }
  }

  @Test
  void a_condition_that_is_sent_asks_anew() {
    String filtered = "rows: /items\nsample: {kind: a}\n";
    try (Api api =
        new Api(
            folder,
            "url: URL\ntables:\n  items:\n    path: /{kind}/items\n" + filtered.indent(4),
            request -> Reply.json(FIRST))) {
      assertThat(api.read("items", List.of("kind", "id"), is("kind", "b"))).hasSize(2);
      assertThat(api.requests()).containsExactly("GET /a/items", "GET /b/items");
    }
  }

  @Test
  void a_later_value_of_another_type_is_an_error_and_never_another_value() {
    try (Api api =
        api(
            TOKEN,
            request ->
                Reply.json(
                    request.parameter("after").isPresent()
                        ? "{\"items\":[{\"id\":\"three\",\"none\":{\"a\":1}}]}"
                        : FIRST))) {
      assertThat(api.read("items", List.of("none")))
          .containsExactly(List.of("null"), List.of("null"), List.of("{\"a\":1}"));
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
          .hasMessageContaining("'three' in the column 'id'");
    }
  }

  @Test
  void texts_that_are_numbers_are_numbers_where_a_format_has_texts_alone() {
    String csv = "id,code,flag,empty\n1,007,true,\n2,08,false,\n";
    try (Api api = api("format: csv", request -> Reply.text(csv))) {
      assertThat(columns(api))
          .containsExactly("id BIGINT", "code VARCHAR", "flag BOOLEAN", "empty VARCHAR");
    }
  }

  @Test
  void members_of_an_object_have_their_key() {
    try (Api api =
        api(
            "rows: {at: /rates, as: map}",
            request -> Reply.json("{\"rates\":{\"EUR\":1.1,\"GBP\":1}}"))) {
      assertThat(api.read("items", List.of("key", "value")))
          .containsExactly(List.of("EUR", "1.1"), List.of("GBP", "1"));
      assertThat(api.table("items").schema().findColumn("value").orElseThrow().type())
          .isEqualTo(DataType.DECIMAL);
    }
  }

  @Test
  void a_parent_gives_the_first_page_its_values() {
    String spec =
        """
        url: URL
        tables:
          kinds: {path: /kinds, columns: {name: string}}
          items: {path: "/{kind}/items", rows: /items, parent: {table: kinds, kind: name}}
        """;
    try (Api api =
        new Api(
            folder,
            spec,
            request ->
                Reply.json(
                    request.path().equals("/kinds")
                        ? "[{\"name\":\"a\"},{\"name\":\"b\"}]"
                        : FIRST))) {
      assertThat(api.read("items", List.of("kind", "id"))).hasSize(4);
      assertThat(api.requests())
          .containsExactly("GET /kinds", "GET /a/items", "GET /kinds", "GET /b/items");
    }
  }

  @Test
  void without_rows_or_values_nothing_is_known_and_the_error_says_what_to_do() {
    try (Api api = api("rows: /items", request -> Reply.json("{\"items\":[]}"))) {
      assertThatThrownBy(() -> api.table("items"))
          .hasMessageContaining("its first page has no rows")
          .hasMessageContaining("Declare 'columns'");
    }
    try (Api api =
        new Api(
            folder,
            "url: URL\ntables: {items: {path: \"/{kind}/items\"}}",
            request -> Reply.json(FIRST))) {
      assertThatThrownBy(() -> api.table("items"))
          .hasMessageContaining("its path takes a value for kind")
          .hasMessageContaining("sample");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void what_was_found_out_can_be_written_into_the_spec() {
    String open = "rows: /items\nsample: {kind: a}\n";
    String start = "url: URL\ntables:\n  items:\n    path: /{kind}/items\n";
    try (Api api =
        new Api(
            folder,
            start + open.indent(4),
            request -> Reply.json(FIRST.replace("\"s\":", "\"kind\":")))) {
      var found = api.table("items");
      String spec = found.asSpec().orElseThrow();

      assertThat(spec)
          .startsWith("tables:\n  items:\n    columns:\n      id: bigint\n      n: decimal\n")
          .contains("kind_: {type: string, path: /kind}\n");
      String whole = start + open.indent(4) + spec.replace("tables:\n  items:\n", "");
      try (Api again = new Api(folder, whole, request -> Reply.status(500))) {
        assertThat(again.table("items").schema().columns())
            .containsExactlyInAnyOrderElementsOf(found.schema().columns());
      }
    }
  }

  @Test
  void columns_of_every_form_are_written_as_they_were_read() {
    String columns =
        """
            columns:
              a: {type: "decimal(18, 2)", path: "/x y/0", not_null: true}
              "b: c": {type: timestamptz, format: epoch_ms, remarks: "it's: #1"}
              d: {type: json, path: ""}
              e: {type: date, given: true}
        """;
    String start = "url: URL\ntables:\n  items:\n    path: /items\n";
    try (Api api = new Api(folder, start + columns, request -> Reply.status(500))) {
      String spec = api.table("items").asSpec().orElseThrow();
      try (Api again =
          new Api(
              folder,
              start + spec.replace("tables:\n  items:\n", ""),
              request -> Reply.status(500))) {
        assertThat(again.table("items").asSpec()).hasValue(spec);
        assertThat(again.table("items").schema()).isEqualTo(api.table("items").schema());
      }
    }
  }
}

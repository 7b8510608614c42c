package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that mislead who counts rows or pages: the right rows or a clear error. */
class TrapTest {
  private static final String OFFSET = "offset, start: 1";
  private static final String PAGE = "page";

  @TempDir Path folder;

  /** A service that counts from 1, with a row a page. */
  private Api api(String style, IntFunction<Reply> answers) {
    String spec =
        """
        url: URL
        tables:
          items:
            path: /items
            page_size: {parameter: size, usual: 10}
            rows: /items
            columns: {id: integer, name: string}
            paging: {parameter: at, style: %s}
        """;
    return new Api(
        folder,
        spec.formatted(style),
        request -> answers.apply(Integer.parseInt(request.parameter("at").orElseThrow())));
  }

  private static Reply row(int id) {
    return Reply.json("{\"items\":[{\"id\":" + id + "}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {OFFSET, PAGE})
  void a_page_that_comes_again_is_an_error(String style) {
    try (Api api = api(style, at -> row(1))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the page before it once more");
      assertThat(api.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OFFSET, PAGE})
  void a_capped_page_is_not_the_end(String style) {
    try (Api api = api(style, at -> at > 3 ? Reply.json("{\"items\":[]}") : row(at))) {
      assertThat(api.read("items", List.of("id")))
          .containsExactly(List.of("1"), List.of("2"), List.of("3"));
      assertThat(api.requests()).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OFFSET, PAGE})
  void another_schema_on_the_second_page_is_read_by_the_columns(String style) {
    try (Api api =
        api(
            style,
            at ->
                switch (at) {
                  case 1 -> row(1);
                  case 2 -> Reply.json("{\"items\":[{\"new\":[1],\"name\":\"b\",\"id\":\"2\"}]}");
                  default -> Reply.json("{\"items\":[]}");
                })) {
      assertThat(api.read("items", List.of("id", "name")))
          .containsExactly(List.of("1", "null"), List.of("2", "b"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OFFSET, PAGE})
  void a_login_page_in_the_middle_is_an_error(String style) {
    try (Api api = api(style, at -> at == 1 ? row(1) : Reply.html("<html>log in</html>"))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("text/html");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page, pages: /pages", "page, more: /more"})
  void an_empty_page_is_passed_and_the_end_may_stand_after_the_rows(String style) {
    try (Api api =
        api(
            style,
            at ->
                Reply.json(
                    "{\"items\":[%s],\"pages\":3,\"more\":%s}"
                        .formatted(at == 2 ? "" : "{\"id\":" + at + "}", at < 3)))) {
      assertThat(api.read("items", List.of("id"))).containsExactly(List.of("1"), List.of("3"));
      assertThat(api.requests()).hasSize(3);
    }
  }

  private static final List<String> STYLES =
      List.of(
          "{style: link_header}",
          "{style: next_url, at: /next}",
          "{style: token, from: /token, parameter: t}",
          "{style: token_object, at: /object}",
          "{style: keyset, value: /at, parameter: t, more: /more}");

  /** A service that puts its places behind the rows, whatever style it is read in. */
  private static Reply named(String rows, int page, boolean last) {
    return last
        ? Reply.json("{\"items\":" + rows + ",\"more\":false}")
        : Reply.json(
                "{\"items\":%1$s,\"more\":true,\"next\":\"/items?t=%2$d\",\"token\":\"%2$d\",\"object\":{\"t\":%2$d}}"
                    .formatted(rows, page + 1))
            .withHeader("Link", "</items?t=" + (page + 1) + ">; rel=next");
  }

  private Api places(String style, IntFunction<Reply> answers) {
    String spec =
        """
        url: URL
        tables:
          items:
            path: /items
            rows: /items
            key: id
            columns: {id: integer, name: string}
            paging: %s
        """;
    return new Api(
        folder,
        spec.formatted(style),
        request -> answers.apply(request.parameter("t").map(Integer::parseInt).orElse(1)));
  }

  static List<String> styles() {
    return STYLES;
  }

  private static String object(int id, int page) {
    return "[{\"id\":" + id + ",\"at\":" + (page + 1) + "}]";
  }

  @ParameterizedTest
  @MethodSource("styles")
  void the_place_of_the_next_page_may_stand_after_the_rows(String style) {
    try (Api api = places(style, page -> named(object(page, page), page, page == 3))) {
      assertThat(api.read("items", List.of("id")))
          .containsExactly(List.of("1"), List.of("2"), List.of("3"));
      assertThat(api.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void a_page_that_comes_again_under_another_name_is_an_error(String style) {
    String same = "[{\"id\":7,\"at\":2}]";
    try (Api api = places(style, page -> named(same, page, page == 9))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOOP));
      assertThat(api.requests()).hasSize(2);
    }
  }

  /** All but those that go on from the last row. */
  static List<String> stylesWithPlaces() {
    return STYLES.subList(0, 4);
  }

  @ParameterizedTest
  @MethodSource("stylesWithPlaces")
  void an_empty_page_is_passed(String style) {
    try (Api api =
        places(style, page -> named(page == 2 ? "[]" : object(page, page), page, page == 3))) {
      assertThat(api.read("items", List.of("id"))).containsExactly(List.of("1"), List.of("3"));
    }
  }

  @Test
  void an_empty_page_of_which_more_is_said_is_an_error_where_the_last_row_is_the_place() {
    try (Api api =
        places(STYLES.get(4), page -> named(page == 2 ? "[]" : object(1, 1), page, false))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .hasMessageContaining("there is more, but not where");
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void another_schema_or_a_login_page_in_the_middle(String style) {
    try (Api api =
        places(
            style,
            page ->
                page == 1
                    ? named(object(1, 1), 1, false)
                    : named("[{\"new\":[1],\"name\":\"b\",\"id\":\"2\",\"at\":9}]", 2, true))) {
      assertThat(api.read("items", List.of("id", "name")))
          .containsExactly(List.of("1", "null"), List.of("2", "b"));
    }
    try (Api api =
        places(style, page -> page == 1 ? named(object(1, 1), 1, false) : Reply.html("<html>"))) {
      assertThatThrownBy(() -> api.read("items", List.of("id"))).hasMessageContaining("text/html");
    }
  }

  @Test
  void equal_pages_are_no_error_where_the_spec_says_so() {
    String style = "{style: token, from: /token, parameter: t}\n    equal_pages: true";
    try (Api api = places(style, page -> named("[{\"id\":7}]", page, page == 3))) {
      assertThat(api.read("items", List.of("id"))).hasSize(3);
    }
  }
}

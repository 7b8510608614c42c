package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
}

package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Credentials go with every page of the origin and to no other, whatever the style: looked at on
 * the wire of both.
 */
class CredentialsTest {
  @TempDir Path folder;

  /** A style, and how its answers name a place. */
  enum Style {
    LINK_HEADER(
        "{style: link_header}",
        (reply, place) -> reply.withHeader("Link", "<" + place + ">; rel=\"next\""),
        true),
    NEXT_URL("{style: next_url, at: /next}", Style::next, true),
    NEXT_URL_IN_HEADER(
        "{style: next_url, at: {header: X-Next}}",
        (reply, place) -> reply.withHeader("X-Next", place),
        true),
    TOKEN("{style: token, from: /next, parameter: t}", Style::next, false),
    TOKEN_IN_HEADERS(
        "{style: token, from: {header: X-Next}, header: X-After}",
        (reply, place) -> reply.withHeader("X-Next", place),
        false),
    TOKEN_OBJECT(
        "{style: token_object, at: /next}",
        (reply, place) -> Reply.json("{\"items\":[{\"id\":1}],\"next\":{\"t\":\"" + place + "\"}}"),
        false),
    KEYSET(
        "{style: keyset, value: /id, parameter: t, more: /more}",
        (reply, place) -> Reply.json("{\"items\":[{\"id\":\"" + place + "\"}],\"more\":true}"),
        false),
    OFFSET("{style: offset, parameter: t}", (reply, place) -> reply, false),
    PAGE("{style: page, parameter: t}", (reply, place) -> reply, false);

    final String paging;
    final BiFunction<Reply, String, Reply> naming;
    final boolean isUrl;

    Style(String paging, BiFunction<Reply, String, Reply> naming, boolean isUrl) {
      this.paging = paging;
      this.naming = naming;
      this.isUrl = isUrl;
    }

    private static Reply next(Reply reply, String place) {
      return Reply.json("{\"items\":[{\"id\":\"1\"}],\"next\":\"" + place + "\"}");
    }

    String spec() {
      return """
      url: URL
      tables:
        items:
          path: /items
          rows: /items
          columns: {id: string}
          paging: %s
      """
          .formatted(paging);
    }
  }

  private static final Map<String, String> SECRET =
      Map.of("auth.type", "bearer", "auth.token", "s3cret");

  private static Reply rows(String... ids) {
    return Reply.json(
        "{\"items\":["
            + String.join(",", List.of(ids).stream().map(id -> "{\"id\":\"" + id + "\"}").toList())
            + "]}");
  }

  private static boolean isFirst(Api api) {
    return api.requests().size() == 1;
  }

  private static void assertAllSigned(List<ReceivedRequest> requests) {
    assertThat(requests)
        .allMatch(request -> request.header("Authorization").orElse("").equals("Bearer s3cret"));
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void g14_every_page_of_the_origin_gets_them(Style style) {
    Api[] self = new Api[1];
    try (Api api =
        new Api(
            folder,
            style.spec(),
            SECRET,
            request -> isFirst(self[0]) ? style.naming.apply(rows("1"), "items?t=2") : rows())) {
      self[0] = api;
      api.read("items", List.of("id"));
      assertThat(api.received()).hasSize(2);
      assertAllSigned(api.received());
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void g1_a_place_that_names_another_origin_takes_nothing_there(Style style) {
    Api[] self = new Api[1];
    try (FakeApi foreign = FakeApi.start();
        Api api =
            new Api(
                folder,
                style.spec(),
                SECRET,
                request ->
                    isFirst(self[0])
                        ? style.naming.apply(rows("1"), foreign.url("/items"))
                        : rows())) {
      self[0] = api;
      if (style.isUrl) {
        assertThatThrownBy(() -> api.read("items", List.of("id")))
            .isInstanceOfSatisfying(
                SourceException.class,
                e -> assertThat(e.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN));
        assertThat(api.received()).hasSize(1);
      } else {
        api.read("items", List.of("id"));
        assertThat(api.received()).hasSize(2);
      }
      assertThat(foreign.connectionCount()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void g8_a_page_that_is_redirected_to_another_origin_takes_nothing_there(Style style) {
    Api[] self = new Api[1];
    try (FakeApi foreign = FakeApi.start();
        Api api =
            new Api(
                folder,
                style.spec(),
                SECRET,
                request ->
                    isFirst(self[0])
                        ? style.naming.apply(rows("1"), "items?t=2")
                        : Reply.redirect(307, foreign.url("/items")))) {
      self[0] = api;
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN));
      assertThat(foreign.connectionCount()).isZero();
    }
  }

  @Test
  void what_is_opened_before_the_pages_and_closed_after_them_is_of_the_origin_too() {
    String spec =
        """
        url: URL
        tables:
          items:
            path: /items
            session:
              open: {path: /open}
              id: /id
              parameter: session
              close: {path: /close, id: {parameter: session}}
            columns: {id: string}
            rows: /items
        """;
    try (FakeApi foreign = FakeApi.start();
        Api api =
            new Api(
                folder,
                spec,
                SECRET,
                request ->
                    switch (request.path()) {
                      case "/open" -> Reply.json("{\"id\":\"" + foreign.url("/x") + "\"}");
                      case "/close" -> Reply.redirect(307, foreign.url("/close"));
                      default -> rows("1");
                    })) {
      assertThat(api.read("items", List.of("id"))).hasSize(1);
      assertThat(api.received()).hasSize(3);
      assertAllSigned(api.received());
      assertThat(api.statement.warnings())
          .singleElement()
          .asString()
          .contains("could not be closed");
      assertThat(foreign.connectionCount()).isZero();
    }
  }
}

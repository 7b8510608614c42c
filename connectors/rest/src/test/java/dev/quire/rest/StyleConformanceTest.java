package dev.quire.rest;

import dev.quire.testkit.Next;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The styles in which the place of the next page is told, each through the whole suite. */
class StyleConformanceTest {

  @Nested
  class Token_in_the_body_sent_as_a_parameter extends RestConformance {
    @Override
    String paging() {
      return "paging: {style: token, from: /meta/next, parameter: cursor}";
    }

    @Override
    Optional<String> token(ReceivedRequest request) {
      return request.parameter("cursor");
    }

    @Override
    Reply answer(String rows, Next next) {
      return Reply.json("{\"items\":" + rows + ",\"meta\":{" + member(next) + "}}");
    }

    private static String member(Next next) {
      return switch (next.kind()) {
        case TOKEN, URL -> "\"next\":" + quoted(next.text());
        case NULL -> "\"next\":null";
        case EMPTY -> "\"next\":\"\"";
        case ABSENT -> "";
      };
    }
  }

  @Nested
  class Token_in_a_header_sent_in_the_body_of_a_post extends RestConformance {
    @Override
    String paging() {
      return """
      method: POST
      body: {query: all}
      paging: {style: token, from: {header: X-Next}, body: /page/after}
      """;
    }

    @Override
    Optional<String> token(ReceivedRequest request) {
      String mark = "\"after\":\"";
      int at = request.text().indexOf(mark) + mark.length();
      return at < mark.length()
          ? Optional.empty()
          : Optional.of(decoded(request.text().substring(at, request.text().lastIndexOf('"'))));
    }

    @Override
    Reply answer(String rows, Next next) {
      Reply reply = Reply.json("{\"items\":" + rows + "}");
      return switch (next.kind()) {
        case TOKEN, URL -> reply.withHeader("X-Next", encoded(next.text()));
        case EMPTY -> reply.withHeader("X-Next", "");
        case NULL, ABSENT -> reply;
      };
    }
  }

  @Nested
  class Next_url_in_the_body extends RestConformance {
    @Override
    boolean hasLinks() {
      return true;
    }

    @Override
    String paging() {
      return "paging: {style: next_url, at: /links/next}";
    }

    @Override
    Optional<String> token(ReceivedRequest request) {
      return request.parameter("t");
    }

    @Override
    Reply answer(String rows, Next next) {
      return Reply.json("{\"links\":{" + member(next) + "},\"items\":" + rows + "}");
    }

    private static String member(Next next) {
      return switch (next.kind()) {
        case TOKEN -> "\"next\":\"rows?t=" + encoded(next.text()) + "\"";
        case URL -> "\"next\":" + quoted(next.text());
        case NULL -> "\"next\":null";
        case EMPTY -> "\"next\":\"\"";
        case ABSENT -> "";
      };
    }
  }

  @Nested
  class Link_header extends RestConformance {
    @Override
    boolean hasLinks() {
      return true;
    }

    @Override
    String paging() {
      return "paging: {style: link_header}";
    }

    @Override
    Optional<String> token(ReceivedRequest request) {
      return request.parameter("t");
    }

    @Override
    Reply answer(String rows, Next next) {
      Reply reply = Reply.json("{\"items\":" + rows + "}");
      return switch (next.kind()) {
        case TOKEN ->
            reply.withHeader("Link", "</v1/rows?t=" + encoded(next.text()) + ">; rel=\"next\"");
        case URL -> reply.withHeader("Link", "<" + next.text() + ">; rel=\"next\"");
        case EMPTY -> reply.withHeader("Link", "<>; rel=\"next\"");
        case NULL, ABSENT -> reply;
      };
    }
  }
}

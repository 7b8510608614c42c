package dev.quire.testkit;

import dev.quire.spi.TableName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The service that {@link CursorSource} reads. */
record CursorRemote(FakeApi api, boolean links) implements FakeRemote {

  @Override
  public TableName table() {
    return CursorSource.ROWS;
  }

  @Override
  public Optional<String> continuation(ReceivedRequest request) {
    return request.parameter("cursor");
  }

  @Override
  public Reply page(List<FakeRow> rows, Next next) {
    StringBuilder text = new StringBuilder("rows\n");
    for (FakeRow row : rows) {
      String separator = "";
      for (FakeRow.Field field : FakeRow.Field.values()) {
        Object value = row.value(field);
        text.append(separator).append(value == null ? "-" : value);
        separator = "|";
      }
      text.append('\n');
    }
    return Reply.text(text.append(nextLine(next)).append("end\n").toString());
  }

  private String nextLine(Next next) {
    String token = next.text();
    return switch (next.kind()) {
      case TOKEN ->
          "next ="
              + (links
                  ? api.url("/rows?cursor=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                  : token)
              + "\n";
      case URL -> "next =" + token + "\n";
      case ABSENT -> "";
      case NULL -> "next \n";
      case EMPTY -> "next =\n";
    };
  }

  @Override
  public Reply pageWithoutRows() {
    return Reply.text("columns\nend\n");
  }

  @Override
  public boolean isAuthorized(ReceivedRequest request, String secret) {
    return request.header("Authorization").filter(("Bearer " + secret)::equals).isPresent();
  }
}

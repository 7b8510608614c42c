package dev.quire.rest;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.TableName;
import dev.quire.testkit.Ability;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeRemote;
import dev.quire.testkit.FakeRow;
import dev.quire.testkit.Next;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import dev.quire.testkit.SourceConformanceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** What every source must hold, of an API that pages in one of the styles. */
abstract class RestConformance extends SourceConformanceTest {
  private static final Set<Ability> NOT_THERE =
      Set.of(Ability.PUSH_FILTER, Ability.PUSH_ORDER, Ability.PUSH_OFFSET, Ability.PUSH_COUNT);

  @TempDir static Path folder;

  /** The table's paging and whatever else it needs, as YAML below the table. */
  abstract String paging();

  /** The token of a request. */
  abstract Optional<String> token(ReceivedRequest request);

  /** Puts the place of the next page into an answer. */
  abstract Reply answer(String rows, Next next);

  /** Whether the next page is a URL. */
  boolean hasLinks() {
    return false;
  }

  @Override
  protected boolean supports(Ability ability) {
    return ability == Ability.NEXT_LINKS ? hasLinks() : !NOT_THERE.contains(ability);
  }

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new Remote(this);
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    String spec =
        """
        tables:
          rows:
            path: /rows
            rows: /items
            page_size: {parameter: size, most: 1000}
            columns:
              id: integer
              name: string
              note: string
              amount: decimal(18, 2)
              big: bigint
              created: timestamptz
        """
            + paging().indent(4);
    Map<String, String> values =
        Map.of(
            "url",
            api.url("/v1"),
            "spec",
            file(folder, spec).toString(),
            "auth.type",
            "bearer",
            "auth.token",
            "${secret}");
    SourceConfig config =
        new SourceConfig(
            "svc", values, text -> text.replace("${secret}", secret.get()), key -> "svc." + key);
    return new RestConnector().open(config, context);
  }

  static Path file(Path folder, String text) {
    try {
      return Files.writeString(Files.createTempFile(folder, "spec", ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The API in the style of a test. */
  private record Remote(RestConformance style) implements FakeRemote {
    @Override
    public TableName table() {
      return TableName.of("rows");
    }

    @Override
    public Optional<String> continuation(ReceivedRequest request) {
      return style.token(request);
    }

    @Override
    public Reply page(List<FakeRow> rows, Next next) {
      StringBuilder json = new StringBuilder("[");
      for (FakeRow row : rows) {
        json.append(json.length() > 1 ? "," : "").append(object(row));
      }
      return style.answer(json.append(']').toString(), next);
    }

    private static String object(FakeRow row) {
      StringBuilder json = new StringBuilder("{");
      for (FakeRow.Field field : FakeRow.Field.values()) {
        Object value = row.value(field);
        boolean plain = value == null || value instanceof Number;
        json.append(json.length() > 1 ? "," : "");
        json.append('"').append(field.name().toLowerCase(Locale.ROOT)).append("\":");
        json.append(plain ? String.valueOf(value) : quoted(value.toString()));
      }
      return json.append('}').toString();
    }

    @Override
    public Reply pageWithoutRows() {
      return Reply.json("{\"other\":[]}");
    }

    @Override
    public boolean isAuthorized(ReceivedRequest request, String secret) {
      return request.header("Authorization").equals(Optional.of("Bearer " + secret));
    }
  }
}

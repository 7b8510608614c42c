package dev.quire.rest.probe;

import dev.quire.http.FaultReader;
import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.rest.spec.Pointer;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks an API for a few pages of a list and writes the spec that reads it. What is a guess stands
 * in its comments. One thread at a time.
 */
public final class Probe {
  private static final Set<ErrorKind> FINAL =
      Set.of(ErrorKind.CANCELLED, ErrorKind.BUDGET_EXCEEDED, ErrorKind.DEADLINE_EXCEEDED);
  private static final List<String> SIZES =
      List.of(
          "limit",
          "per_page",
          "_limit",
          "page_size",
          "pageSize",
          "maxResults",
          "size",
          "$top",
          "n");

  private final HttpDoor door;
  private final CallContext call;

  private Probe(HttpDoor door, CallContext call) {
    this.door = door;
    this.call = call;
  }

  /**
   * The spec of the list at the configured {@code url}.
   *
   * @param config {@code url} of the list, {@code auth.*} and {@code http.*}
   * @throws SourceException when the API refuses, or answers without a list
   */
  public static String spec(SourceConfig config, ConnectorContext context, CallContext call) {
    try (HttpDoor door = HttpDoor.open(config, context)) {
      return new Probe(door, call).spec(Address.parse(config.require("url")));
    }
  }

  private String spec(Address asked) {
    Sample first = fetch(asked);
    Pointer at =
        first
            .findRows()
            .orElseThrow(
                () ->
                    new SourceException(
                            ErrorKind.MALFORMED_RESPONSE, "the answer has no list with rows in it")
                        .withHint("Give the URL of a list that is not empty."));
    PagingGuess.Found paging = new PagingGuess(asked, at, first, this::tried).find();
    Optional<String> size = size(asked, at, first);
    List<@Nullable Object> rows = new ArrayList<>(first.rows(at));
    rows.addAll(paging.page2());
    Address fixed = paging.parameter().map(asked::without).orElse(asked);
    return text(size.map(fixed::without).orElse(fixed), at, paging, sizeLine(size, asked), rows);
  }

  private Sample fetch(Address asked) {
    return door.exchange(
        HttpRequest.get(Purpose.METADATA, asked.url(), Map.of("Accept", "application/json")),
        call,
        FaultReader.standard(),
        Sample::read);
  }

  private Optional<Sample> tried(Address asked) {
    try {
      return Optional.of(fetch(asked));
    } catch (SourceException e) {
      if (FINAL.contains(e.kind())) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The parameter that halves the page when it is told to. */
  private Optional<String> size(Address asked, Pointer at, Sample first) {
    Optional<String> named = SIZES.stream().filter(asked.parameters()::containsKey).findFirst();
    int half = first.rows(at).size() / 2;
    if (named.isPresent() || half == 0) {
      return named;
    }
    return SIZES.stream()
        .filter(
            name ->
                tried(asked.with(name, Integer.toString(half)))
                    .filter(sample -> sample.rows(at).size() == half)
                    .isPresent())
        .findFirst();
  }

  private static Optional<String> sizeLine(Optional<String> size, Address asked) {
    return size.map(
        name -> {
          String value = asked.parameters().getOrDefault(name, "");
          String usual = value.matches("[1-9]\\d{0,8}") ? ", usual: " + value : "";
          return "page_size: {parameter: " + Words.quoted(name) + usual + "}";
        });
  }

  private static String text(
      Address fixed,
      Pointer at,
      PagingGuess.Found paging,
      Optional<String> size,
      List<@Nullable Object> rows) {
    StringBuilder out = new StringBuilder();
    out.append("# Found by asking; the types are those of ").append(rows.size());
    out.append(" rows. Compare with the API's documentation.\n");
    out.append("url: ").append(Words.quoted(fixed.root())).append("\ntables:\n  ");
    out.append(tableName(fixed.path())).append(":\n");
    line(out, "path: " + Words.quoted(fixed.path()));
    if (!fixed.parameters().isEmpty()) {
      line(out, "parameters:");
      fixed
          .parameters()
          .forEach((name, value) -> line(out, "  " + entry(name, Words.quoted(value))));
    }
    line(out, "rows: " + (at.steps().isEmpty() ? "\"\"" : Words.quoted(at.toString())));
    if (!paging.doubt().isEmpty()) {
      line(out, "# Unsure: " + paging.doubt() + ".");
    }
    line(out, "paging: " + paging.yaml());
    size.ifPresentOrElse(
        text -> line(out, text + " # add 'most' where the API says how many a page may have"),
        () -> line(out, "# Unsure: no parameter for the page size was found."));
    columns(out, rows);
    return out.toString();
  }

  private static void columns(StringBuilder out, List<@Nullable Object> rows) {
    ColumnGuess guess = new ColumnGuess(rows);
    guess
        .key()
        .ifPresentOrElse(
            key -> line(out, "key: " + Words.quoted(key)),
            () -> line(out, "# Unsure: no key was found."));
    line(out, "columns:");
    Map<String, String> columns = guess.columns();
    columns.forEach((name, type) -> line(out, "  " + entry(name, type)));
    if (columns.isEmpty()) {
      line(out, "  value: {type: " + ColumnGuess.type(present(rows)) + ", path: \"\"}");
    }
  }

  private static List<Object> present(List<@Nullable Object> rows) {
    List<Object> present = new ArrayList<>();
    for (Object row : rows) {
      if (row != null) {
        present.add(row);
      }
    }
    return present;
  }

  private static String entry(String name, String value) {
    return Words.quoted(name) + ": " + value;
  }

  private static void line(StringBuilder out, String text) {
    out.append("    ").append(text).append('\n');
  }

  private static String tableName(String path) {
    String[] steps = path.split("/");
    String last = steps.length == 0 ? "" : steps[steps.length - 1];
    String name = last.replaceAll("\\W", "_");
    return name.matches("[A-Za-z]\\w*") ? name : "items";
  }
}

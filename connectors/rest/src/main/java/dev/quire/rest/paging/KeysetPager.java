package dev.quire.rest.paging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.Found;
import dev.quire.rest.json.JsonText.RawJson;
import dev.quire.rest.spec.PagingSpec.Keyset;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Signal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Begins the next page at the last row's value. Where the page begins with the rows that have that
 * value, those that were read already are left out.
 */
record KeysetPager(Keyset spec) implements Pager {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Where a page begins.
   *
   * @param rows how many the page before had
   * @param known hashes of the rows with that value that were read; empty unless pages overlap
   * @param value as JSON
   */
  private record Start(int rows, Set<String> known, String value) {

    static Start parse(String place) {
      String[] parts = place.split("#", 3);
      Set<String> known =
          parts[1].isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(parts[1].split(",")));
      return new Start(Integer.parseInt(parts[0]), known, parts[2]);
    }

    String text() {
      return rows + "#" + String.join(",", known) + "#" + value;
    }
  }

  @Override
  public void apply(Optional<String> from, Target target) {
    from.map(Start::parse).ifPresent(start -> target.put(spec.to(), value(start.value())));
  }

  private Object value(String json) {
    if (spec.to().kind() == Place.Kind.BODY) {
      return new RawJson(json);
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken token = parser.nextToken();
      return token.isStructStart() ? new RawJson(json) : parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("not a place of this style: " + json, e);
    }
  }

  @Override
  public boolean overlaps() {
    return spec.inclusive();
  }

  @Override
  public boolean isKnown(Seen seen, int row) {
    return seen.from()
        .map(Start::parse)
        .filter(start -> start.known().contains(print(seen.answer(), row)))
        .isPresent();
  }

  private static String print(Answer answer, int row) {
    return answer.prints().isEmpty() ? "" : Long.toHexString(answer.prints().get(row));
  }

  @Override
  public Optional<String> next(Seen seen) {
    Optional<String> last = seen.find(new Signal.InLastRow(spec.value())).map(Found::json);
    if (seen.rows() > 0 && last.isEmpty()) {
      throw fault("the last row has nothing at " + spec.value() + " to go on from");
    }
    Optional<String> next = last.map(value -> start(seen, value).text());
    Optional<String> weighed = More.weigh(spec.more(), seen, next);
    return spec.inclusive() && isAllKnown(seen) ? end(seen) : weighed;
  }

  private Start start(Seen seen, String value) {
    if (!spec.inclusive()) {
      return new Start(seen.rows(), Set.of(), value);
    }
    Set<String> known = new LinkedHashSet<>();
    seen.from()
        .map(Start::parse)
        .filter(before -> before.value().equals(value))
        .ifPresent(before -> known.addAll(before.known()));
    List<Long> prints = seen.answer().prints();
    known.addAll(
        prints.subList(prints.size() - seen.answer().tail(), prints.size()).stream()
            .map(Long::toHexString)
            .collect(Collectors.toSet()));
    return new Start(seen.rows(), known, value);
  }

  private boolean isAllKnown(Seen seen) {
    for (int row = 0; row < seen.rows(); row++) {
      if (!isKnown(seen, row)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A page with nothing new is the end, unless it is full: then what comes next is out of reach.
   */
  private Optional<String> end(Seen seen) {
    int full =
        seen.pageSize()
            .orElse(seen.from().map(Start::parse).map(Start::rows).orElse(Integer.MAX_VALUE));
    if (seen.rows() >= full) {
      throw fault(
          "all rows of the page have the same value at "
              + spec.value()
              + ", so that the page after it cannot be asked for");
    }
    return Optional.empty();
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem)
        .withHint("Compare the spec's paging with an answer of the service.");
  }
}

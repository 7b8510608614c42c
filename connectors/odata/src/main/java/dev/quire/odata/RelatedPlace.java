package dev.quire.odata;

import dev.quire.odata.metadata.KeyText;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a reading of collections goes on: first with those that are begun or not read yet, one
 * after the other, then with the next page of the rows that they belong to. Immutable.
 *
 * @param parents the next link of those rows
 */
record RelatedPlace(List<Pending> pending, Optional<String> parents) {

  RelatedPlace {
    pending = List.copyOf(pending);
  }

  /**
   * A collection with rows to come.
   *
   * @param key of the row that it belongs to
   * @param link to its next page; empty before its first
   */
  record Pending(List<Object> key, Optional<String> link) {}

  /** The place after a page of the first collection. */
  RelatedPlace after(Optional<Continuation> next) {
    List<Pending> left = new ArrayList<>(pending.subList(1, pending.size()));
    next.ifPresent(
        link -> left.add(0, new Pending(pending.get(0).key(), Optional.of(link.value()))));
    return new RelatedPlace(left, parents);
  }

  /** Empty at the end. */
  Optional<Continuation> continuation() {
    if (pending.isEmpty() && parents.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(parents.orElse(""));
    for (Pending each : pending) {
      List<String> key = each.key().stream().map(KeyText::write).toList();
      text.append('\n').append(String.join(",", key));
      text.append(' ').append(each.link().orElse(""));
    }
    return Optional.of(new Continuation(text.toString()));
  }

  /**
   * Reads a place back.
   *
   * @param key the types of the key
   */
  static RelatedPlace parse(Continuation from, List<DataType> key) {
    List<String> lines = Arrays.asList(from.value().split("\n", -1));
    List<Pending> pending = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      String[] values = line.substring(0, space).split(",", -1);
      List<Object> parts = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        parts.add(KeyText.read(values[i], key.get(i)));
      }
      pending.add(new Pending(parts, notEmpty(line.substring(space + 1))));
    }
    return new RelatedPlace(pending, notEmpty(lines.get(0)));
  }

  private static Optional<String> notEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}

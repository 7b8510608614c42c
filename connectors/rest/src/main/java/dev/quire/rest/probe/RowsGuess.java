package dev.quire.rest.probe;

import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which part of an answer are the rows. Immutable. */
record RowsGuess(Sample sample) {

  /** Their place; a list that was asked for must be there. */
  Rows find(Optional<String> wanted) {
    Map<Pointer, List<?>> lists = sample.lists();
    if (wanted.isPresent()) {
      Pointer at = pointer(wanted.get());
      if (sample.rows(list(at)).isEmpty()) {
        throw fault("the answer has no list with rows at '" + at + "'")
            .withHint("It has lists at: " + String.join(", ", texts(lists)) + ".");
      }
      return list(at);
    }
    return lists.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .max((a, b) -> Long.compare(weight(a), weight(b)))
        .map(each -> list(each.getKey()))
        .or(this::map)
        .orElseThrow(() -> nothing(lists));
  }

  private static Rows list(Pointer at) {
    return new Rows(at, Rows.Shape.LIST, false);
  }

  private static Pointer pointer(String text) {
    try {
      return Pointer.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "--rows: " + e.getMessage(), e);
    }
  }

  /** Objects before texts, what is named like rows before what is not, then the longest. */
  private static long weight(Map.Entry<Pointer, List<?>> list) {
    boolean objects = list.getValue().stream().allMatch(Map.class::isInstance);
    boolean named =
        list.getKey().steps().isEmpty() || Words.LISTS.contains(Words.bare(list.getKey()));
    return (objects ? 1_000_000_000L : 0)
        + (named ? 100_000_000L : 0)
        + list.getValue().size() * 8L
        - list.getKey().steps().size();
  }

  /** An object whose members are objects of one kind. */
  private Optional<Rows> map() {
    Set<Object> kinds = new HashSet<>();
    if (sample.tree() instanceof Map<?, ?> members && members.size() > 1) {
      for (Object member : members.values()) {
        kinds.add(member instanceof Map<?, ?> map ? map.keySet() : "");
      }
    }
    return kinds.size() == 1 && !kinds.contains("")
        ? Optional.of(new Rows(Pointer.ROOT, Rows.Shape.MAP, false))
        : Optional.empty();
  }

  private SourceException nothing(Map<Pointer, List<?>> lists) {
    if (!lists.isEmpty()) {
      return fault("the answer has no list with rows: it is empty at '" + texts(lists).get(0) + "'")
          .withHint("Give the URL of a list that is not empty.");
    }
    @Nullable Object tree = sample.tree();
    return fault(
            "the answer has no list with rows: it is "
                + (tree instanceof Map ? "a single object" : "a single value"))
        .withHint("Give the URL of a list.");
  }

  /** Other lists that might have been meant, for a remark. */
  List<String> others(Rows rows) {
    return sample.lists().entrySet().stream()
        .filter(each -> !each.getKey().equals(rows.at()))
        .filter(each -> each.getValue().stream().anyMatch(Map.class::isInstance))
        .map(each -> "'" + each.getKey() + "'")
        .toList();
  }

  private static List<String> texts(Map<Pointer, List<?>> lists) {
    return lists.keySet().stream().map(Pointer::toString).toList();
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem);
  }
}

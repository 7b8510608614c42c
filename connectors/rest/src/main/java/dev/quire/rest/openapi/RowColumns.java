package dev.quire.rest.openapi;

import dev.quire.rest.probe.ColumnGuess;
import dev.quire.rest.probe.ColumnGuess.Guess;
import dev.quire.rest.spec.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of a row's schema, by the rule of {@link ColumnGuess}. One thread at a time. */
final class RowColumns {
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();

  RowColumns(Schema row) {
    row.properties().forEach(this::add);
    if (lines.isEmpty()) {
      boolean scalar = !row.columnType().equals("json");
      add(new Guess(scalar ? "value" : "row", row.columnType(), Pointer.ROOT, ""));
    }
  }

  private void add(String name, Schema schema) {
    Map<String, Schema> inner = schema.isObject() ? schema.properties() : Map.of();
    if (inner.isEmpty() || inner.size() > ColumnGuess.MOST_MEMBERS) {
      add(new Guess(name, schema.columnType(), Pointer.to(name), ""));
      return;
    }
    inner.forEach(
        (member, each) ->
            add(
                new Guess(
                    name + "." + member,
                    each.columnType(),
                    new Pointer(List.of(name, member)),
                    "")));
  }

  private void add(Guess guess) {
    lines.putIfAbsent(guess.name(), guess.yaml());
    types.putIfAbsent(guess.name(), guess.type());
  }

  /** A column that the request alone has; one of the same name gives way. */
  void given(String name, String type) {
    find(name).ifPresent(lines::remove);
    lines.put(
        name, dev.quire.rest.probe.Words.quoted(name) + ": {type: " + type + ", given: true}");
    types.put(name, type);
  }

  /** The column of this name in any case. */
  Optional<String> find(String name) {
    return lines.keySet().stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Its type. */
  String type(String name) {
    return types.getOrDefault(name, "json");
  }

  /** Entries of {@code columns}. */
  List<String> yaml() {
    return List.copyOf(lines.values());
  }
}

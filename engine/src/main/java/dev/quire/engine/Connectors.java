package dev.quire.engine;

import dev.quire.spi.Connector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Connectors by their type; of two of one type the first. They are looked for as far as the one
 * that is wanted: to look through a whole class path opens every jar of it. Thread-safe.
 */
final class Connectors {
  private final Map<String, Connector> found = new LinkedHashMap<>();
  private final Iterator<Connector> others;

  Connectors(Iterator<Connector> others) {
    this.others = others;
  }

  static Connectors of(Map<String, Connector> connectors) {
    return new Connectors(List.copyOf(connectors.values()).iterator());
  }

  static Connectors onClassPath() {
    return new Connectors(
        ServiceLoader.load(Connector.class, Connectors.class.getClassLoader()).iterator());
  }

  synchronized Optional<Connector> find(String type) {
    while (!found.containsKey(type) && others.hasNext()) {
      addNext();
    }
    return Optional.ofNullable(found.get(type));
  }

  /** All, in the order of the class path. */
  synchronized List<Connector> all() {
    while (others.hasNext()) {
      addNext();
    }
    return new ArrayList<>(found.values());
  }

  private void addNext() {
    Connector next = others.next();
    found.putIfAbsent(next.type(), next);
  }
}

package dev.quire.engine.plan;

import dev.quire.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sources that remember which were opened. */
final class FakeSources implements Sources {
  private final List<Source> sources;
  final List<String> opened = new ArrayList<>();

  FakeSources(Source... sources) {
    this.sources = List.of(sources);
  }

  @Override
  public List<String> names() {
    return sources.stream().map(Source::name).toList();
  }

  @Override
  public Optional<Source> find(String name) {
    Optional<Source> found =
        sources.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
    found.ifPresent(each -> opened.add(each.name()));
    return found;
  }
}

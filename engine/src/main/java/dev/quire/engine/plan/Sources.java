package dev.quire.engine.plan;

import dev.quire.spi.Source;
import java.util.List;
import java.util.Optional;

/** The configured sources, opened when they are first asked for. Thread-safe. */
public interface Sources {

  /** All names, in the configuration's order; opens none. */
  List<String> names();

  /** Opens a source by its name in any case. */
  Optional<Source> find(String name);
}

package dev.quire.engine.exec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.calcite.rel.RelNode;

/** Finds an engine for what the operators here do not do. */
final class Ports {
  private Ports() {}

  /**
   * The first engine's preparation of a fragment.
   *
   * @param what it is, in the plural, for the message
   */
  static BlockingEngine.Prepared prepare(RelNode fragment, String what) {
    ServiceLoader<BlockingEngine> engines =
        ServiceLoader.load(BlockingEngine.class, BlockingEngine.class.getClassLoader());
    for (BlockingEngine engine : engines) {
      Optional<BlockingEngine.Prepared> prepared = engine.prepare(fragment);
      if (prepared.isPresent()) {
        return prepared.get();
      }
    }
    throw new SourceException(ErrorKind.UNSUPPORTED, what + " are not available");
  }
}

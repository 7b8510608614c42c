package dev.quire.spi;

import java.nio.file.Path;
import java.util.Map;

/**
 * A chore of a connector that is no statement; the command line runs it by the connector's type and
 * its name: {@code quire aws update-catalogue}. Immutable and thread-safe.
 */
public interface Task {

  String name();

  /**
   * Does it.
   *
   * @param files what it reads and writes, by the names that its documentation gives them
   * @return what was done, as a sentence for people
   * @throws SourceException saying why it could not be done
   */
  String run(Map<String, Path> files);
}

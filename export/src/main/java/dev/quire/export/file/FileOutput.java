package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file or a folder of files, below a name that says that it is not whole. */
interface FileOutput extends AutoCloseable {

  void begin(List<ResultColumn> columns) throws IOException;

  void restore(List<ResultColumn> columns, Position from) throws IOException;

  void write(@Nullable Object[] row) throws IOException;

  boolean isFull();

  Position commit() throws IOException;

  /** Makes what is committed readable. */
  void finish() throws IOException;

  /** Deletes what was written. */
  void discard() throws IOException;

  /** Where it stands until it is whole. */
  Path partial();

  @Override
  void close() throws IOException;
}

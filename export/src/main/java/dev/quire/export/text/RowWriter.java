package dev.quire.export.text;

import dev.quire.engine.ResultColumn;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result row by row in one format. It does not close what it writes to. One thread at a
 * time.
 */
public interface RowWriter {

  /** Called once, before any row. */
  void begin(List<ResultColumn> columns) throws IOException;

  /** A row's values, of the classes that {@link dev.quire.spi.DataType.Kind} names. */
  void write(@Nullable Object[] row) throws IOException;

  /** Writes out rows that are held back for the layout, without ending the document. */
  void release() throws IOException;

  /**
   * Ends the document. A result that broke off is released and not ended, so that it does not look
   * whole.
   */
  void end() throws IOException;
}

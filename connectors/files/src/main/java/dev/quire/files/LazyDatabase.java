package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database that is opened when it is first needed. Thread-safe. */
final class LazyDatabase implements AutoCloseable {
  private final Supplier<DuckDatabase> opener;
  private @Nullable DuckDatabase open;
  private boolean closed;

  LazyDatabase(Supplier<DuckDatabase> opener) {
    this.opener = opener;
  }

  synchronized DuckDatabase get() {
    if (closed) {
      throw new SourceException(ErrorKind.CANCELLED, "the source is closed");
    }
    DuckDatabase known = open;
    if (known == null) {
      known = opener.get();
      open = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (open != null) {
      open.close();
      open = null;
    }
  }
}

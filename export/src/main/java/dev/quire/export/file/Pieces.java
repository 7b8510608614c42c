package dev.quire.export.file;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Packed pieces one after the other; a piece is begun when its first byte comes. */
final class Pieces extends OutputStream {
  private final OutputStream out;
  private final Compression compression;
  private @Nullable OutputStream piece;

  Pieces(OutputStream out, Compression compression) {
    this.out = out;
    this.compression = compression;
  }

  @Override
  public void write(int b) throws IOException {
    piece().write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    piece().write(bytes, from, length);
  }

  /** The piece that is written now. */
  private OutputStream piece() throws IOException {
    OutputStream current = piece;
    if (current == null) {
      current = compression.piece(out);
      piece = current;
    }
    return current;
  }

  /** Ends the piece that was begun, if one was. */
  void end() throws IOException {
    OutputStream last = piece;
    piece = null;
    if (last != null) {
      last.close();
    }
  }

  /** A piece without content: an empty file is not a packed one. */
  void empty() throws IOException {
    if (compression != Compression.NONE) {
      piece();
      end();
    }
  }
}

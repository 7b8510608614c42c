package dev.quire.export.file;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How a text format is packed. Packed pieces one after the other are one packed file. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private static final int BUFFER = 64 * 1024;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** Of a file's name: {@code .gz}. */
  public String suffix() {
    return suffix;
  }

  /** A piece; closing it ends the piece and leaves what it is written to open. */
  OutputStream piece(OutputStream out) throws IOException {
    OutputStream kept = new KeptOpen(out);
    return switch (this) {
      case NONE -> new BufferedOutputStream(kept, BUFFER);
      case GZIP -> new BufferedOutputStream(new GZIPOutputStream(kept, BUFFER), BUFFER);
      case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(kept), BUFFER);
    };
  }

  private static final class KeptOpen extends OutputStream {
    private final OutputStream out;

    KeptOpen(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }
  }
}

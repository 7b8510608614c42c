package dev.quire.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** Bytes of a result as a large object; cannot be written. Immutable. */
final class BinaryLob implements Blob {
  private final byte[] bytes;

  BinaryLob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long from, int length) throws SQLException {
    int begin = begin(from);
    return Arrays.copyOfRange(bytes, begin, (int) Math.min(bytes.length, (long) begin + length));
  }

  private int begin(long from) throws SQLException {
    if (from < 1 || from > bytes.length + 1L) {
      throw SqlErrors.wrongArgument("there is no byte " + from);
    }
    return (int) (from - 1);
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long from, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(from, Math.toIntExact(length)));
  }

  @Override
  public long position(byte[] wanted, long from) throws SQLException {
    for (int at = begin(from); at <= bytes.length - wanted.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob wanted, long from) throws SQLException {
    return position(wanted.getBytes(1, Math.toIntExact(wanted.length())), from);
  }

  @Override
  public int setBytes(long at, byte[] written) throws SQLException {
    throw readOnly();
  }

  @Override
  public int setBytes(long at, byte[] written, int offset, int length) throws SQLException {
    throw readOnly();
  }

  @Override
  public OutputStream setBinaryStream(long at) throws SQLException {
    throw readOnly();
  }

  @Override
  public void truncate(long length) throws SQLException {
    throw readOnly();
  }

  private static SQLException readOnly() {
    return SqlErrors.unsupported("a result cannot be changed: Quire reads");
  }

  @Override
  public void free() {}
}

package dev.quire.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A text of a result as a large object; cannot be written. Immutable. */
final class TextLob implements NClob {
  private final String text;

  TextLob(String text) {
    this.text = text;
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public String getSubString(long from, int length) throws SQLException {
    int begin = begin(from);
    return text.substring(begin, (int) Math.min(text.length(), (long) begin + length));
  }

  private int begin(long from) throws SQLException {
    if (from < 1 || from > text.length() + 1L) {
      throw SqlErrors.wrongArgument("there is no character " + from);
    }
    return (int) (from - 1);
  }

  @Override
  public Reader getCharacterStream() {
    return new StringReader(text);
  }

  @Override
  public Reader getCharacterStream(long from, long length) throws SQLException {
    return new StringReader(getSubString(from, Math.toIntExact(length)));
  }

  @Override
  public InputStream getAsciiStream() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String wanted, long from) throws SQLException {
    int found = text.indexOf(wanted, begin(from));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob wanted, long from) throws SQLException {
    return position(wanted.getSubString(1, Math.toIntExact(wanted.length())), from);
  }

  @Override
  public int setString(long at, String written) throws SQLException {
    throw readOnly();
  }

  @Override
  public int setString(long at, String written, int offset, int length) throws SQLException {
    throw readOnly();
  }

  @Override
  public OutputStream setAsciiStream(long at) throws SQLException {
    throw readOnly();
  }

  @Override
  public Writer setCharacterStream(long at) throws SQLException {
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

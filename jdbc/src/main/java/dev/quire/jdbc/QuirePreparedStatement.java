package dev.quire.jdbc;

import dev.quire.engine.PreparedQuery;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with parameters. Its values are put into the plan as constants, so that a source gets
 * them as it gets literals.
 */
final class QuirePreparedStatement extends QuireStatement implements PreparedStatement {
  private static final int AS_GIVEN = -1;

  private final String sql;
  private final PreparedQuery prepared;
  private final @Nullable ParameterValue[] values;

  QuirePreparedStatement(QuireConnection connection, String sql, PreparedQuery prepared) {
    super(connection);
    this.sql = sql;
    this.prepared = prepared;
    this.values = new @Nullable ParameterValue[prepared.parameters().size()];
  }

  private List<@Nullable Object> parameters() throws SQLException {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      ParameterValue value = values[i];
      if (value == null) {
        throw SqlErrors.noSuchParameter("parameter " + (i + 1) + " has no value");
      }
      all.add(value.as(prepared.parameters().get(i)));
    }
    return all;
  }

  private void set(int number, ParameterValue value) throws SQLException {
    checkNumber(number);
    values[number - 1] = value;
  }

  private void checkNumber(int number) throws SQLException {
    checkOpen();
    if (number < 1 || number > values.length) {
      throw SqlErrors.noSuchParameter(
          "there is no parameter " + number + "; the statement has " + values.length);
    }
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    checkOpen();
    return run(sql, parameters());
  }

  @Override
  public boolean execute() throws SQLException {
    executeQuery();
    return true;
  }

  private static SQLException hasItsOwn() {
    return SqlErrors.wrongState("a prepared statement runs its own text alone");
  }

  @Override
  public ResultSet executeQuery(String other) throws SQLException {
    throw hasItsOwn();
  }

  @Override
  public boolean execute(String other) throws SQLException {
    throw hasItsOwn();
  }

  @Override
  public int executeUpdate() throws SQLException {
    throw noWrites();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    throw noWrites();
  }

  @Override
  public void addBatch() throws SQLException {
    throw noBatches();
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    java.util.Arrays.fill(values, null);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new ColumnsMetaData(prepared.columns(), connection().settings().types());
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new ParametersMetaData(prepared.parameters(), connection().settings().types());
  }

  @Override
  public void setNull(int number, int type) throws SQLException {
    set(number, ParameterValue.NULL);
  }

  @Override
  public void setNull(int number, int type, @Nullable String typeName) throws SQLException {
    set(number, ParameterValue.NULL);
  }

  @Override
  public void setObject(int number, @Nullable Object value) throws SQLException {
    checkNumber(number);
    set(number, ParameterValue.of(value, number));
  }

  @Override
  public void setObject(int number, @Nullable Object value, int type) throws SQLException {
    setObject(number, value, type, AS_GIVEN);
  }

  @Override
  public void setObject(int number, @Nullable Object value, int type, int scale)
      throws SQLException {
    checkNumber(number);
    set(number, ParameterValue.of(value, number, type, scale));
  }

  @Override
  public void setObject(int number, @Nullable Object value, SQLType type) throws SQLException {
    setObject(number, value, type, AS_GIVEN);
  }

  @Override
  public void setObject(int number, @Nullable Object value, SQLType type, int scale)
      throws SQLException {
    Integer code = type.getVendorTypeNumber();
    if (code == null) {
      setObject(number, value);
    } else {
      setObject(number, value, code, scale);
    }
  }

  @Override
  public void setBoolean(int number, boolean value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setByte(int number, byte value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setShort(int number, short value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setInt(int number, int value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setLong(int number, long value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setFloat(int number, float value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setDouble(int number, double value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setBigDecimal(int number, @Nullable BigDecimal value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setString(int number, @Nullable String value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setNString(int number, @Nullable String value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setBytes(int number, byte @Nullable [] value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setDate(int number, @Nullable Date value) throws SQLException {
    setDate(number, value, null);
  }

  @Override
  public void setDate(int number, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, ParameterValue.of(value, number, SqlTimes.zone(calendar)));
  }

  @Override
  public void setTime(int number, @Nullable Time value) throws SQLException {
    setTime(number, value, null);
  }

  @Override
  public void setTime(int number, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, ParameterValue.of(value, number, SqlTimes.zone(calendar)));
  }

  @Override
  public void setTimestamp(int number, @Nullable Timestamp value) throws SQLException {
    setTimestamp(number, value, null);
  }

  @Override
  public void setTimestamp(int number, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, ParameterValue.of(value, number, SqlTimes.zone(calendar)));
  }

  @Override
  public void setURL(int number, @Nullable URL value) throws SQLException {
    setObject(number, value);
  }

  private void setText(int number, @Nullable Reader value, long length) throws SQLException {
    checkNumber(number);
    setObject(number, value == null ? null : ParameterValue.text(value, length));
  }

  private void setStream(int number, @Nullable InputStream value, long length) throws SQLException {
    checkNumber(number);
    setObject(number, value == null ? null : ParameterValue.bytes(value, length));
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value) throws SQLException {
    setAsciiStream(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    setAsciiStream(number, value, (long) length);
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value, long length)
      throws SQLException {
    checkNumber(number);
    setObject(
        number,
        value == null
            ? null
            : new String(ParameterValue.bytes(value, length), StandardCharsets.US_ASCII));
  }

  @Deprecated
  @Override
  public void setUnicodeStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    checkNumber(number);
    setObject(
        number,
        value == null
            ? null
            : new String(ParameterValue.bytes(value, length), StandardCharsets.UTF_8));
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value) throws SQLException {
    setStream(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    setStream(number, value, length);
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value, long length)
      throws SQLException {
    setStream(number, value, length);
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value, int length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value, long length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setNCharacterStream(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setNCharacterStream(int number, @Nullable Reader value, long length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setClob(int number, @Nullable Clob value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setClob(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setClob(int number, @Nullable Reader value, long length) throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setNClob(int number, @Nullable NClob value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setNClob(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setNClob(int number, @Nullable Reader value, long length) throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setBlob(int number, @Nullable Blob value) throws SQLException {
    setObject(number, value);
  }

  @Override
  public void setBlob(int number, @Nullable InputStream value) throws SQLException {
    setStream(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setBlob(int number, @Nullable InputStream value, long length) throws SQLException {
    setStream(number, value, length);
  }

  private static SQLException noSuchType(String type) {
    return SqlErrors.unsupported("a parameter cannot be of type " + type);
  }

  @Override
  public void setArray(int number, Array value) throws SQLException {
    throw noSuchType("ARRAY");
  }

  @Override
  public void setRef(int number, Ref value) throws SQLException {
    throw noSuchType("REF");
  }

  @Override
  public void setRowId(int number, RowId value) throws SQLException {
    throw noSuchType("ROWID");
  }

  @Override
  public void setSQLXML(int number, SQLXML value) throws SQLException {
    throw noSuchType("SQLXML");
  }
}

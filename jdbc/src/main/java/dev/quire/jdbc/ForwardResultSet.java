package dev.quire.jdbc;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import dev.quire.engine.ResultColumn;
import dev.quire.spi.Nearest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a result set. It holds the current row and at most the one after it. One thread at a
 * time; {@link #close} may come from another.
 */
final class ForwardResultSet extends ReadOnlyResultSet implements QuireResultSet {
  private static final Costs NO_COSTS = new Costs(0, 0, 0, 0, 0, Duration.ZERO);

  private final Rows rows;
  private final List<ResultColumn> columns;
  private final JdbcTypes types;
  private final @Nullable QuireStatement statement;
  private final Warnings warnings = new Warnings();
  private @Nullable Map<String, Integer> labels;
  private @Nullable Object @Nullable [] row;
  private @Nullable Object @Nullable [] peeked;
  private boolean hasPeeked;
  private int number;
  private boolean ended;
  private boolean wasNull;
  private int fetchSize;
  private volatile boolean closed;

  /**
   * @param statement where the rows come from; null for those of the metadata
   */
  ForwardResultSet(Rows rows, JdbcTypes types, @Nullable QuireStatement statement) {
    this.rows = rows;
    this.columns = rows.columns();
    this.types = types;
    this.statement = statement;
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("result set");
    }
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (ended) {
      return false;
    }
    row = hasPeeked ? peeked : rows.next();
    hasPeeked = false;
    peeked = null;
    if (row == null) {
      ended = true;
      return false;
    }
    number++;
    return true;
  }

  private @Nullable Object @Nullable [] peek() throws SQLException {
    checkOpen();
    if (!hasPeeked && !ended) {
      peeked = rows.next();
      hasPeeked = true;
    }
    return peeked;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    rows.close();
    if (statement != null) {
      statement.resultClosed(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private @Nullable Cell cell(int column) throws SQLException {
    checkOpen();
    @Nullable Object[] current = row;
    if (current == null) {
      throw SqlErrors.wrongState(
          ended ? "the result is at its end" : "next() was not called on the result yet");
    }
    if (column < 1 || column > columns.size()) {
      throw SqlErrors.noSuchColumn(
          "there is no column " + column + "; the result has " + columns.size());
    }
    Object value = current[column - 1];
    wasNull = value == null;
    return value == null ? null : new Cell(value, columns.get(column - 1));
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    Map<String, Integer> known = labels;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        known.putIfAbsent(columns.get(i).name().toLowerCase(Locale.ROOT), i + 1);
      }
      labels = known;
    }
    Integer found = label == null ? null : known.get(label.toLowerCase(Locale.ROOT));
    if (found == null) {
      List<String> names = columns.stream().map(ResultColumn::name).toList();
      throw SqlErrors.noSuchColumn(
          "the result has no column '"
              + label
              + "'. "
              + Nearest.question(String.valueOf(label), names)
                  .orElse("Its columns are " + String.join(", ", names) + "."));
    }
    return found;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : cell.text();
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Cell cell = cell(column);
    return cell != null && cell.truth();
  }

  @Override
  public byte getByte(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : (byte) cell.whole(Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
  }

  @Override
  public short getShort(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : (short) cell.whole(Short.MIN_VALUE, Short.MAX_VALUE, "a short");
  }

  @Override
  public int getInt(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : (int) cell.whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
  }

  @Override
  public long getLong(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : cell.whole(Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  @Override
  public float getFloat(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : cell.approximateFloat();
  }

  @Override
  public double getDouble(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? 0 : cell.approximate();
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : cell.decimal();
  }

  @Deprecated
  @Override
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : cell.decimal().setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : cell.bytes();
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : SqlTimes.date(cell, calendar);
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : SqlTimes.time(cell, calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : SqlTimes.timestamp(cell, calendar);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : ObjectReader.read(cell, types);
  }

  @Override
  public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(column);
  }

  @Override
  public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.wrongArgument("getObject needs a class");
    }
    Cell cell = cell(column);
    if (cell == null) {
      return null;
    }
    return type == Object.class
        ? type.cast(ObjectReader.read(cell, types))
        : ObjectReader.read(cell, type);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Deprecated
  @Override
  public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    return getBinaryStream(column);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : ObjectReader.stream(cell);
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  public @Nullable NClob getNClob(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new TextLob(text);
  }

  @Override
  public @Nullable Blob getBlob(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new BinaryLob(bytes);
  }

  @Override
  public @Nullable URL getURL(int column) throws SQLException {
    Cell cell = cell(column);
    return cell == null ? null : ObjectReader.url(cell);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new ColumnsMetaData(columns, types);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings.chain(this);
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings.clear(this);
  }

  /** Whether the last row was handed out. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return number == 0 && !ended && peek() != null;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return ended && number > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return number == 1 && !ended;
  }

  @Override
  public boolean isLast() throws SQLException {
    return number > 0 && !ended && peek() == null;
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return ended ? 0 : number;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlErrors.unsupported("a result goes forward alone");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  /** A hint that comes too late: the page size of a scan that runs is what it is. */
  @Override
  public void setFetchSize(int size) throws SQLException {
    checkOpen();
    if (size < 0) {
      throw SqlErrors.wrongArgument("a fetch size is not negative");
    }
    fetchSize = size;
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize > 0 || statement == null ? fetchSize : statement.fetchSize();
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public @Nullable String getCursorName() throws SQLException {
    throw SqlErrors.unsupported("a result has no cursor name");
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public Verdict verdict() {
    return rows instanceof RunningRows running ? running.verdict() : Verdict.COMPLETE;
  }

  @Override
  public Costs costs() {
    return rows instanceof RunningRows running ? running.costs() : NO_COSTS;
  }

  @Override
  public long rows() {
    return number;
  }

  @Override
  public Optional<String> resumePoint() {
    return rows instanceof RunningRows running ? running.resumePoint() : Optional.empty();
  }

  @Override
  public List<String> notices() {
    return rows instanceof RunningRows running ? running.warnings() : List.of();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.as(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}

package dev.quire.jdbc;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import dev.quire.engine.Result;
import dev.quire.engine.ResultColumn;
import dev.quire.engine.ResumePoint;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running statement. A close from another thread first aborts what the reader waits
 * for, so it never waits for the service.
 */
final class RunningRows implements Rows {
  private final Result result;
  private final ReentrantLock reading = new ReentrantLock();

  RunningRows(Result result) {
    this.result = result;
  }

  @Override
  public List<ResultColumn> columns() {
    return result.columns();
  }

  @Override
  public @Nullable Object @Nullable [] next() throws SQLException {
    reading.lock();
    try {
      return result.next();
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void close() {
    if (!reading.tryLock()) {
      result.cancel();
      reading.lock();
    }
    try {
      result.close();
    } finally {
      reading.unlock();
    }
  }

  Verdict verdict() {
    return result.verdict();
  }

  Costs costs() {
    return result.costs();
  }

  Optional<String> resumePoint() {
    reading.lock();
    try {
      return result.resumePoint().map(ResumePoint::text);
    } finally {
      reading.unlock();
    }
  }

  long given() {
    return result.rows();
  }

  List<String> warnings() {
    return result.warnings();
  }

  void cancel() {
    result.cancel();
  }
}

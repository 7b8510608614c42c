package dev.quire.benchmark;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Rows through the engine without a source: a join of lists, filtered, computed, aggregated. */
@State(Scope.Benchmark)
public class ExecutorBenchmark {
  private static final int SIDE = 200;
  private static final String LIST =
      IntStream.range(0, SIDE).mapToObj(i -> "(" + i + ")").collect(Collectors.joining(","));
  private static final String PRODUCT =
      "(VALUES " + LIST + ") AS a(x) CROSS JOIN (VALUES " + LIST + ") AS b(y)";

  private final Engine engine = Engine.open(Configuration.of(Map.of()), ConnectorContext.system());

  private Object read(String sql) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      while (result.next() != null) {
        continue;
      }
      return result.rows();
    }
  }

  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public Object rowFilteredAndComputed() {
    return read("SELECT x * 2 + y, x || '-' || y FROM " + PRODUCT + " WHERE MOD(x + y, 3) <> 0");
  }

  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public Object rowGrouped() {
    return read("SELECT MOD(x, 10), COUNT(*), SUM(y) FROM " + PRODUCT + " GROUP BY MOD(x, 10)");
  }

  @TearDown
  public void close() {
    engine.close();
  }
}

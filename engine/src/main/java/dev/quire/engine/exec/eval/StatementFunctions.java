package dev.quire.engine.exec.eval;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Functions with one value per statement: the date and the time, in UTC. */
final class StatementFunctions {
  private StatementFunctions() {}

  static @Nullable Evaluator find(RexCall call, Instant start) {
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "CURRENT_TIMESTAMP",
          "LOCALTIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "NOW",
          "CURRENT_DATETIME",
          "GETDATE",
          "SYSDATE",
          "SYSTIMESTAMP" ->
          new Evaluator.Constant(as(call.getType(), start));
      default -> null;
    };
  }

  private static Object as(RelDataType type, Instant start) {
    LocalDateTime time = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
    return switch (ValueKind.of(type)) {
      case DATE -> time.toLocalDate();
      case TIME -> time.toLocalTime();
      case TIMESTAMP -> time;
      default -> start;
    };
  }
}

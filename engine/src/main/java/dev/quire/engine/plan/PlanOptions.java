package dev.quire.engine.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a statement is planned. Immutable.
 *
 * @param pushdown false makes the engine do everything itself
 * @param pageSize rows per page, as a wish
 * @param parameters values of the {@code ?}, of the classes that {@link
 *     dev.quire.spi.DataType.Kind} names
 * @param now what CURRENT_TIMESTAMP and its kin answer, everywhere in the statement
 * @param refused what sources have declined at run time
 * @param schema where a table without a schema is looked for; if empty, the only source, if there
 *     is only one
 * @param maxRows the most rows of the result
 */
public record PlanOptions(
    boolean pushdown,
    OptionalInt pageSize,
    List<@Nullable Object> parameters,
    Instant now,
    Refusals refused,
    Optional<String> schema,
    OptionalLong maxRows) {

  public PlanOptions {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  /** Everything pushed that can be, no parameters. */
  public static PlanOptions at(Instant now) {
    return new PlanOptions(
        true,
        OptionalInt.empty(),
        List.of(),
        now,
        Refusals.NONE,
        Optional.empty(),
        OptionalLong.empty());
  }

  public PlanOptions withPushdown(boolean wanted) {
    return new PlanOptions(wanted, pageSize, parameters, now, refused, schema, maxRows);
  }

  public PlanOptions withParameters(List<@Nullable Object> values) {
    return new PlanOptions(pushdown, pageSize, values, now, refused, schema, maxRows);
  }

  public PlanOptions withPageSize(OptionalInt rows) {
    return new PlanOptions(pushdown, rows, parameters, now, refused, schema, maxRows);
  }

  public PlanOptions withRefused(Refusals declined) {
    return new PlanOptions(pushdown, pageSize, parameters, now, declined, schema, maxRows);
  }

  public PlanOptions withSchema(Optional<String> name) {
    return new PlanOptions(pushdown, pageSize, parameters, now, refused, name, maxRows);
  }

  public PlanOptions withMaxRows(OptionalLong rows) {
    return new PlanOptions(pushdown, pageSize, parameters, now, refused, schema, rows);
  }
}

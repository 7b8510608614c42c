package dev.quire.engine.rel;

import dev.quire.spi.Expression;
import dev.quire.spi.ScanRequest;
import java.util.List;
import java.util.OptionalLong;

/**
 * A plan of one scan, with what relational nodes would say of it: conditions, then a choice of
 * columns, then a limit. Immutable.
 *
 * @param request what will be opened: the accepted scan, its columns narrowed
 * @param residual conditions over the request's columns that the engine checks
 * @param projection the result's columns, as indexes into the request's
 * @param offset rows that the engine leaves out
 * @param limit the most rows of the result
 */
public record SimpleScan(
    ScanTarget target,
    ScanRequest request,
    List<Expression> residual,
    List<Integer> projection,
    long offset,
    OptionalLong limit) {

  public SimpleScan {
    residual = List.copyOf(residual);
    projection = List.copyOf(projection);
  }

  /** Whether the scan's rows are the result's as they are. */
  public boolean isWhole() {
    for (int i = 0; i < projection.size(); i++) {
      if (projection.get(i) != i) {
        return false;
      }
    }
    return projection.size() == request.columns().size();
  }

  /** The most rows that the scan has to give, where that is known. */
  public OptionalLong wanted() {
    return limit.isPresent() && residual.isEmpty()
        ? OptionalLong.of(offset + limit.getAsLong())
        : OptionalLong.empty();
  }
}

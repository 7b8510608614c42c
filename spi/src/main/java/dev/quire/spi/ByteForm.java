package dev.quire.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes in which a scan request, a split and a checkpoint travel to other machines and outlive
 * a version: one byte of format version, one that says what it is, the content, and a CRC-32 of all
 * that. No credentials, and no Java serialization. Thread-safe.
 *
 * <p>Kinds up to 15 are this module's; the page chain's begin at 16, the engine's at 32.
 *
 * <p>Reading never trusts the bytes: what is truncated, damaged or of another kind fails with
 * INVALID_VALUE, what a newer version wrote with UNSUPPORTED, and no length in the bytes makes it
 * allocate more than they hold.
 */
public final class ByteForm {
  private static final byte SCAN_REQUEST = 1;
  private static final byte SPLIT = 2;
  private static final byte CHECKPOINT = 3;

  private ByteForm() {}

  public static byte[] of(ScanRequest request) {
    ByteFormWriter out = new ByteFormWriter(SCAN_REQUEST);
    write(request, out);
    return out.finish();
  }

  public static byte[] of(Split split) {
    ByteFormWriter out = new ByteFormWriter(SPLIT);
    out.text(split.table().namespace());
    out.text(split.table().name());
    write(split.scan(), out);
    out.text(split.label());
    out.list(
        split.hints().entrySet(),
        hint -> {
          out.text(hint.getKey());
          out.text(hint.getValue());
        });
    return out.finish();
  }

  public static byte[] of(Checkpoint checkpoint) {
    ByteFormWriter out = new ByteFormWriter(CHECKPOINT);
    out.optional(checkpoint.page(), page -> out.text(page.value()));
    out.integer(checkpoint.rowsDelivered());
    return out.finish();
  }

  /**
   * @throws SourceException INVALID_VALUE or UNSUPPORTED, when these are not the bytes of a scan
   *     request that this version can read
   */
  public static ScanRequest scanRequestFrom(byte[] bytes) {
    return ByteFormReader.read(bytes, SCAN_REQUEST, "a scan request", ByteForm::readScan);
  }

  /**
   * @throws SourceException INVALID_VALUE or UNSUPPORTED, when these are not the bytes of a split
   *     that this version can read
   */
  public static Split splitFrom(byte[] bytes) {
    return ByteFormReader.read(
        bytes,
        SPLIT,
        "a split",
        in -> {
          TableName table = new TableName(in.text(), in.text());
          ScanRequest scan = readScan(in);
          return new Split(table, scan, in.text(), readHints(in));
        });
  }

  /**
   * @throws SourceException INVALID_VALUE or UNSUPPORTED, when these are not the bytes of a
   *     checkpoint that this version can read
   */
  public static Checkpoint checkpointFrom(byte[] bytes) {
    return ByteFormReader.read(
        bytes,
        CHECKPOINT,
        "a checkpoint",
        in -> {
          Optional<Continuation> page = in.optional(() -> new Continuation(in.text()));
          int rows = in.integer();
          if (rows < 0) {
            throw new IllegalArgumentException("rows " + rows);
          }
          return new Checkpoint(page, rows);
        });
  }

  private static void write(ScanRequest request, ByteFormWriter out) {
    out.list(request.columns(), out::text);
    out.list(request.filters(), filter -> ExpressionForm.write(filter, out));
    out.list(
        request.order(),
        key -> {
          out.text(key.column());
          out.bool(key.descending());
          out.bool(key.nullsFirst());
        });
    out.whole(request.offset());
    out.bool(request.limit().isPresent());
    request.limit().ifPresent(out::whole);
    out.optional(request.aggregation(), aggregation -> write(aggregation, out));
    out.bool(request.pageSize().isPresent());
    request.pageSize().ifPresent(out::integer);
  }

  private static ScanRequest readScan(ByteFormReader in) {
    ScanRequest request =
        ScanRequest.of(in.list(in::text))
            .withFilters(in.list(() -> ExpressionForm.read(in)))
            .withOrder(in.list(() -> new ScanRequest.SortKey(in.text(), in.bool(), in.bool())))
            .withOffset(in.whole());
    return request
        .withLimit(in.optionalWhole())
        .withAggregation(in.optional(() -> readAggregation(in)))
        .withPageSize(in.optionalInteger());
  }

  private static void write(ScanRequest.Aggregation aggregation, ByteFormWriter out) {
    out.list(aggregation.groupBy(), out::text);
    out.list(
        aggregation.measures(),
        measure -> {
          out.constant(measure.function());
          out.optional(measure.column(), out::text);
          out.bool(measure.distinct());
          ExpressionForm.write(measure.type(), out);
        });
  }

  private static ScanRequest.Aggregation readAggregation(ByteFormReader in) {
    List<String> groupBy = in.list(in::text);
    List<ScanRequest.Measure> measures =
        new ArrayList<>(
            in.list(
                () ->
                    new ScanRequest.Measure(
                        in.constant(ScanRequest.MeasureFunction.class),
                        in.optional(in::text),
                        in.bool(),
                        ExpressionForm.readType(in))));
    return new ScanRequest.Aggregation(groupBy, measures);
  }

  private static Map<String, String> readHints(ByteFormReader in) {
    Map<String, String> hints = new LinkedHashMap<>();
    in.list(() -> hints.put(in.text(), in.text()) == null);
    return hints;
  }
}

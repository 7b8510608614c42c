package dev.quire.chain;

import dev.quire.spi.ByteForm;
import dev.quire.spi.ByteFormReader;
import dev.quire.spi.ByteFormWriter;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a scan stands: the place of each of its splits. It outlives the process, so it has a byte
 * form, without credentials. Immutable.
 *
 * @param splits all of the scan, those that have ended included; empty before the scan was split
 */
public record ScanPosition(List<SplitPosition> splits) {
  /** Before anything was asked. */
  public static final ScanPosition START = new ScanPosition(List.of());

  /** Of version 0.1 before positions had a rest. */
  private static final byte WITHOUT_RESTS = 16;

  private static final byte KIND = 17;

  public ScanPosition {
    splits = List.copyOf(splits);
  }

  /** Whether nothing was asked yet. */
  public boolean isStart() {
    return splits.isEmpty();
  }

  /** Whether every row of every split was delivered. */
  public boolean ended() {
    return !splits.isEmpty() && splits.stream().allMatch(SplitPosition::ended);
  }

  /** Its bytes, in the format of {@link ByteForm}. */
  public byte[] bytes() {
    ByteFormWriter out = new ByteFormWriter(KIND);
    out.list(
        splits,
        each -> {
          out.block(ByteForm.of(each.split()));
          out.block(ByteForm.of(each.checkpoint()));
          out.bool(each.ended());
          out.bool(each.fingerprint().isPresent());
          each.fingerprint().ifPresent(out::whole);
          out.optional(each.rest(), rest -> out.block(ByteForm.of(rest)));
        });
    return out.finish();
  }

  /**
   * @throws SourceException INVALID_VALUE or UNSUPPORTED, when these are not the bytes of a scan's
   *     position that this version can read
   */
  public static ScanPosition from(byte[] bytes) {
    boolean rests = bytes.length < 2 || bytes[1] != WITHOUT_RESTS;
    return ByteFormReader.read(
        bytes,
        rests ? KIND : WITHOUT_RESTS,
        "the position of a scan",
        in -> new ScanPosition(in.list(() -> readSplit(in, rests))));
  }

  private static SplitPosition readSplit(ByteFormReader in, boolean rests) {
    Split split = ByteForm.splitFrom(in.block());
    var checkpoint = ByteForm.checkpointFrom(in.block());
    boolean ended = in.bool();
    OptionalLong fingerprint = in.optionalWhole();
    Optional<Split> rest =
        rests ? in.optional(() -> ByteForm.splitFrom(in.block())) : Optional.empty();
    return new SplitPosition(split, checkpoint, ended, fingerprint, rest);
  }
}

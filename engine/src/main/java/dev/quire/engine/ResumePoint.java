package dev.quire.engine;

import dev.quire.chain.ScanPosition;
import dev.quire.engine.exec.PlanPosition;
import dev.quire.engine.plan.Refusals;
import dev.quire.spi.ByteFormReader;
import dev.quire.spi.ByteFormWriter;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a statement stands between two of its rows, for another run of the same statement that goes
 * on there ({@link StatementOptions#withResume}). It outlives the process and holds no credentials.
 * Immutable.
 *
 * @param plan by what the statement is known again
 * @param started when the first run started: what CURRENT_TIMESTAMP answers in the later ones, too
 * @param rows that were handed out so far, by all runs
 * @param refused what sources declined in the first run after they had accepted it
 * @param position of the scans and limits of the plan
 */
public record ResumePoint(
    String plan, Instant started, long rows, Refusals refused, PlanPosition position) {
  private static final byte KIND = 32;

  /** Whether the statement has no row left. */
  public boolean ended() {
    return position.scans().stream().allMatch(ScanPosition::ended);
  }

  /** The point as text of letters, digits, {@code -} and {@code _}. */
  public String text() {
    ByteFormWriter out = new ByteFormWriter(KIND);
    out.text(plan);
    out.whole(started.getEpochSecond());
    out.integer(started.getNano());
    out.whole(rows);
    out.list(new TreeSet<>(refused.groups()), out::text);
    out.list(new TreeSet<>(refused.everything()), out::text);
    out.list(position.scans(), scan -> out.block(scan.bytes()));
    out.list(position.limits(), out::whole);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.finish());
  }

  /**
   * The point that {@link #text} wrote.
   *
   * @throws SourceException INVALID_VALUE or UNSUPPORTED, when this is not the text of a point that
   *     this version can read
   */
  public static ResumePoint parse(String text) {
    return ByteFormReader.read(bytes(text.strip()), KIND, "a resume point", ResumePoint::read);
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SourceException(ErrorKind.INVALID_VALUE, "the text is not a resume point", e);
    }
  }

  private static ResumePoint read(ByteFormReader in) {
    String plan = in.text();
    Instant started = Instant.ofEpochSecond(in.whole(), in.integer());
    long rows = in.whole();
    Refusals refused = new Refusals(Set.copyOf(in.list(in::text)), Set.copyOf(in.list(in::text)));
    List<ScanPosition> scans = in.list(() -> ScanPosition.from(in.block()));
    return new ResumePoint(
        plan, started, rows, refused, new PlanPosition(scans, in.list(in::whole)));
  }

  @Override
  public String toString() {
    return text();
  }
}

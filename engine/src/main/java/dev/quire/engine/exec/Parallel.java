package dev.quire.engine.exec;

/**
 * How many page chains of one scan run at a time.
 *
 * @param chains at most; how many requests of them are in flight is the source's own matter
 * @param divides whether tables are asked to divide a scan for it; if not, only the parts run side
 *     by side that a table has anyway, such as regions
 */
public record Parallel(int chains, boolean divides) {
  /** One after the other. */
  public static final Parallel OFF = new Parallel(1, false);

  /** What costs no request. */
  public static final Parallel DEFAULT = new Parallel(8, false);

  /** More parts than chains, so that a long one does not keep all waiting at the end. */
  private static final int PARTS_PER_CHAIN = 4;

  public Parallel {
    if (chains < 1) {
      throw new IllegalArgumentException("chains: " + chains);
    }
  }

  /** So many chains, for which tables are asked to divide scans. */
  public static Parallel of(int chains) {
    return chains == 1 ? OFF : new Parallel(chains, true);
  }

  /** How many parts a table is asked for that is read whole. */
  public int parts() {
    return divides ? chains * PARTS_PER_CHAIN : 1;
  }
}

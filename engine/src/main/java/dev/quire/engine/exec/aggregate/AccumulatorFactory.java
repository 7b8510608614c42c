package dev.quire.engine.exec.aggregate;

/** Makes the accumulators of one aggregate call, one per group. Immutable. */
@FunctionalInterface
public interface AccumulatorFactory {

  /**
   * @param heap told how many bytes the accumulator keeps in addition
   */
  Accumulator create(HeapListener heap);

  /** Told of bytes that are kept for long. */
  @FunctionalInterface
  interface HeapListener {
    void kept(long bytes);
  }
}

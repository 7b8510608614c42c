package dev.quire.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the bodies of one chain's pages, each into the array of an earlier one. Thread-safe. */
public final class Bodies {
  private static final byte[] NONE = {};

  private final AtomicReference<byte[]> spare = new AtomicReference<>(NONE);

  /**
   * Reads a body to its end, unless it is longer than {@link Body#most}.
   *
   * @throws IOException when the body ends too soon
   */
  public Body read(HttpResponse response) throws IOException {
    return response.whole(spare.getAndSet(NONE), Body.most());
  }

  /** Nobody needs this body any more. */
  public void free(Body body) {
    spare.set(body.array());
  }
}

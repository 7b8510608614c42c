package dev.quire.sample.planted.cycle;

import dev.quire.sample.planted.ClassWithManyFaults;

/** The other half of a package cycle. */
public final class There {
  public ClassWithManyFaults back;
}

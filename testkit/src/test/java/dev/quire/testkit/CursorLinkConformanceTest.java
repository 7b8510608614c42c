package dev.quire.testkit;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.testkit.CursorSource.Fault;
import java.util.Set;
import java.util.function.Supplier;

/** A source whose service sends next links, and that has every ability, passes. */
class CursorLinkConformanceTest extends SourceConformanceTest {

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new CursorRemote(api, true);
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    return new CursorSource(api.origin(), true, context, secret, faults());
  }

  Set<Fault> faults() {
    return Set.of();
  }
}

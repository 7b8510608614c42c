package dev.quire.testkit;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.testkit.CursorSource.Fault;
import java.util.Set;
import java.util.function.Supplier;

/** A source whose service sends tokens, and that pushes nothing, passes. */
class CursorTokenConformanceTest extends SourceConformanceTest {

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new CursorRemote(api, false);
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    return new CursorSource(api.origin(), false, context, secret, faults());
  }

  @Override
  protected boolean supports(Ability ability) {
    return ability != Ability.NEXT_LINKS && !ability.name().startsWith("PUSH_");
  }

  Set<Fault> faults() {
    return Set.of();
  }
}

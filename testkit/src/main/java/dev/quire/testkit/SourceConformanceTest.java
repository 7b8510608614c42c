package dev.quire.testkit;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import java.util.function.Supplier;

/**
 * What every source must hold, whatever it connects to. A connector extends this class and says how
 * its service writes a page ({@link #remote}) and how a source is opened ({@link #open}); the suite
 * plays the service over real sockets, rightly and wrongly, reads through {@link
 * dev.quire.chain.PageChain}, and counts requests.
 *
 * <p>Every {@link Ability} is expected. A connector without one says so in {@link #supports}, and
 * then the suite asserts the documented refusal instead.
 */
public abstract class SourceConformanceTest extends PushdownConformance {

  /** The wire format of the service that {@code api} plays. */
  @Override
  protected abstract FakeRemote remote(FakeApi api);

  /**
   * Opens a source whose configured origin is {@code api}.
   *
   * @param context its time must be used for every wait
   * @param secret the credential that the service accepts at the moment; asked for again when the
   *     source renews its credentials, so not to be copied. A reference in the configuration, for
   *     example, is resolved with it
   */
  @Override
  protected abstract Source open(FakeApi api, ConnectorContext context, Supplier<String> secret);

  /** Whether the connector has an ability. */
  @Override
  protected boolean supports(Ability ability) {
    return true;
  }
}

package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedEnginesTest {
  private final SharedEngines engines = new SharedEngines(TimeSource.system(), Duration.ofHours(1));
  private final AtomicInteger opened = new AtomicInteger();

  private SharedEngines.Lease lease(String origin) {
    return engines.lease(
        new EngineSpec(origin, Optional.empty(), Map.of("password", "geheim")),
        () -> {
          opened.incrementAndGet();
          return Engine.open(Configuration.of(Map.of()), ConnectorContext.system());
        });
  }

  @Test
  void equal_specifications_share_an_engine() {
    SharedEngines.Lease one = lease("a");
    SharedEngines.Lease two = lease("a");
    SharedEngines.Lease other = lease("b");
    assertThat(two.engine()).isSameAs(one.engine()).isNotSameAs(other.engine());
    assertThat(opened).hasValue(2);
  }

  @Test
  void an_engine_is_kept_while_it_is_used_and_for_a_while_after() {
    SharedEngines.Lease one = lease("a");
    SharedEngines.Lease two = lease("a");
    one.close();
    one.close();
    engines.closeIdle();
    assertThat(engines.size()).isEqualTo(1);
    two.close();
    assertThat(lease("a").engine()).isSameAs(one.engine());
    assertThat(opened).hasValue(1);
  }

  @Test
  void an_idle_engine_is_closed() {
    lease("a").close();
    assertThat(engines.size()).isEqualTo(1);
    engines.closeIdle();
    assertThat(engines.size()).isZero();
    lease("a").close();
    assertThat(opened).hasValue(2);
  }

  @Test
  void an_engine_that_cannot_be_opened_leaves_nothing() {
    EngineSpec spec = new EngineSpec("a", Optional.empty(), Map.of());
    assertThatThrownBy(
            () ->
                engines.lease(
                    spec,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(engines.size()).isZero();
  }

  @Test
  void a_specification_shows_no_values() {
    assertThat(new EngineSpec("crm", Optional.empty(), Map.of("auth.token", "geheim")).toString())
        .isEqualTo("EngineSpec[crm]");
  }
}

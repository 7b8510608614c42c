package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
  private final Connector first = new Typed("a");
  private final Iterator<Connector> path =
      List.<Connector>of(first, new Typed("b"), new Typed("a"), new Typed("c")).iterator();
  private final Connectors connectors = new Connectors(path);

  @Test
  void looks_no_further_than_for_the_one_that_is_wanted() {
    assertThat(connectors.find("b")).map(Connector::type).contains("b");
    assertThat(connectors.find("a")).containsSame(first);
    assertThat(path.next().type()).isEqualTo("a");
  }

  @Test
  void of_two_of_one_type_the_first_counts_and_all_are_given_in_their_order() {
    assertThat(connectors.all()).extracting(Connector::type).containsExactly("a", "b", "c");
    assertThat(connectors.all().get(0)).isSameAs(first);
  }

  @Test
  void one_that_is_not_there_is_not_found() {
    assertThat(connectors.find("d")).isEmpty();
    assertThat(connectors.find("c")).isPresent();
  }

  private record Typed(String type) implements Connector {
    @Override
    public List<Property> properties() {
      return List.of();
    }

    @Override
    public Source open(SourceConfig config, ConnectorContext context) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.quire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorContextTest {

  @Test
  void copies_are_kept_where_the_system_wants_them() {
    assertThat(ConnectorContext.userCache(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/home/ann")))
        .contains(Path.of("/x", "quire"));
    assertThat(ConnectorContext.userCache(Map.of("XDG_CACHE_HOME", "", "HOME", "/home/ann")))
        .contains(Path.of("/home/ann", ".cache", "quire"));
    assertThat(ConnectorContext.userCache(Map.of("LOCALAPPDATA", "local")))
        .contains(Path.of("local", "quire"));
  }

  @Test
  void without_a_home_no_copies_are_kept() {
    assertThat(ConnectorContext.userCache(Map.of())).isEmpty();
  }
}

package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrowserTest {
  @Test
  void each_desktop_has_its_own_way_to_open_a_page() {
    assertThat(Browser.of(Map.of("DISPLAY", ":0"), "Linux").opener()).contains(List.of("xdg-open"));
    assertThat(Browser.of(Map.of("WAYLAND_DISPLAY", "w"), "Linux").opener()).isPresent();
    assertThat(Browser.of(Map.of(), "Mac OS X").opener()).contains(List.of("open"));
    assertThat(Browser.of(Map.of(), "Windows 11").opener().orElseThrow()).startsWith("rundll32");
  }

  @Test
  void a_session_without_a_desktop_has_no_browser() {
    assertThat(Browser.of(Map.of("DISPLAY", ""), "Linux").opener()).isEmpty();
    assertThat(Browser.of(Map.of("SSH_CONNECTION", "x"), "Mac OS X").opener()).isEmpty();
    assertThat(Browser.of(Map.of("SSH_CONNECTION", "x", "DISPLAY", ":0"), "Linux").opener())
        .isEmpty();
  }

  @Test
  void a_browser_that_cannot_be_started_is_no_fault() {
    Browser none = new Browser(Optional.of(List.of("no-such-command-of-quire")));
    assertThatCode(() -> none.accept("https://example.com/")).doesNotThrowAnyException();
  }
}

package dev.quire.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The browser of the desktop that this process runs on; none in a session from another machine, to
 * which the browser could not come back. Immutable.
 *
 * @param opener the command that opens a page, without the page
 */
record Browser(Optional<List<String>> opener) implements Consumer<String> {

  /**
   * What there is.
   *
   * @param system the value of {@code os.name}
   */
  static Browser of(Map<String, String> environment, String system) {
    if (isSet(environment, "SSH_CONNECTION")) {
      return new Browser(Optional.empty());
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return new Browser(Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler")));
    }
    if (name.startsWith("mac")) {
      return new Browser(Optional.of(List.of("open")));
    }
    boolean desktop = isSet(environment, "DISPLAY") || isSet(environment, "WAYLAND_DISPLAY");
    return new Browser(desktop ? Optional.of(List.of("xdg-open")) : Optional.empty());
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  /** Opens a page; if that cannot be done nothing happens, because the user was told it, too. */
  @Override
  public void accept(String page) {
    if (opener.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(opener.get());
    command.add(page);
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      started.getOutputStream().close();
    } catch (IOException e) {
      // There is no such command; the page stands on the terminal.
    }
  }
}

package dev.quire.cli;

import dev.quire.cli.format.RowFormat;
import java.util.Locale;
import java.util.OptionalInt;

/** What the user has chosen for the statements to come. One thread at a time. */
final class ShellSettings {
  private RowFormat format = RowFormat.TABLE;
  private boolean timing = true;

  RowFormat format() {
    return format;
  }

  boolean timing() {
    return timing;
  }

  RowFormat.Layout layout(OptionalInt width) {
    return new RowFormat.Layout(width, true);
  }

  /** Changes the format; false if there is no such format. */
  boolean choose(String name) {
    for (RowFormat each : RowFormat.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        format = each;
        return true;
      }
    }
    return false;
  }

  boolean toggleTiming() {
    timing = !timing;
    return timing;
  }
}

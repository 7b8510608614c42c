package dev.quire.cli;

import dev.quire.cli.format.RowFormat;
import java.util.Locale;
import java.util.OptionalInt;

/** What the user has chosen for the statements to come. One thread at a time. */
final class ShellSettings {
  private RowFormat format = RowFormat.TABLE;
  private RowFormat.Expanded expanded = RowFormat.Expanded.AUTO;
  private boolean timing = true;

  RowFormat format() {
    return format;
  }

  boolean timing() {
    return timing;
  }

  RowFormat.Layout layout(OptionalInt width) {
    return new RowFormat.Layout(width, true, expanded);
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

  RowFormat.Expanded expanded() {
    return expanded;
  }

  /** Changes between one value a line and what the window has room for. */
  void toggleExpanded() {
    boolean on = expanded == RowFormat.Expanded.ON;
    expanded = on ? RowFormat.Expanded.AUTO : RowFormat.Expanded.ON;
  }

  /** Chooses on, off or auto; false if it is none of them. */
  boolean expand(String name) {
    for (RowFormat.Expanded each : RowFormat.Expanded.values()) {
      if (each.name().equalsIgnoreCase(name)) {
        expanded = each;
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

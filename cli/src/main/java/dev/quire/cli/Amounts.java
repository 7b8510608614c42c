package dev.quire.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Amounts {
  private Amounts() {}

  /** {@code 1 call}, {@code 12,001 rows}. */
  static String of(long number, String singular) {
    return String.format(Locale.ROOT, "%,d %s%s", number, singular, number == 1 ? "" : "s");
  }

  /** {@code 812 B}, {@code 12.3 kB}, {@code 1.2 MB}. */
  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 999_950
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%,.2f s", nanos / 1e9);
  }
}

package dev.quire.engine.config;

import dev.quire.spi.Durations;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.time.Duration;
import java.util.Optional;

/** The key {@code page_index} of a source: its only home. */
final class PageIndexKey {
  /** How long a page's start is used where nothing else is said. */
  static final Duration USUAL = Duration.ofMinutes(15);

  private static final String NAME = "page_index";

  static final Property PROPERTY =
      Property.of(
          NAME,
          Property.Kind.TEXT,
          "Whether starts of pages are kept, so that a statement with OFFSET begins near its first"
              + " row: on (for 15m), off, or a time for which a start is used, as 1h. Default: on"
              + " where the service's continuations are known to last, else off.");

  private PageIndexKey() {}

  /** How long starts are used, zero for never; empty where the source says nothing of it. */
  static Optional<Duration> read(SourceConfig source) {
    return source
        .find(NAME)
        .map(String::strip)
        .map(
            text ->
                switch (text) {
                  case "on", "true" -> USUAL;
                  case "off", "false" -> Duration.ZERO;
                  default ->
                      Durations.parse(text)
                          .filter(time -> !time.isZero())
                          .orElseThrow(
                              () ->
                                  source.fault(
                                      NAME,
                                      "'page_index' must be on, off, or a time, as 15m or 1h"));
                });
  }
}

package dev.quire.http;

import dev.quire.spi.Durations;
import dev.quire.spi.Property;
import dev.quire.spi.Sizes;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.util.Optional;

/** A source's configuration, read by the properties of the door. Immutable. */
record DoorConfig(SourceConfig source) {

  /** The value or the property's default. */
  Optional<String> find(Property property) {
    return source.find(property.name()).or(property::defaultValue);
  }

  /** A value that must be there and must not be blank. */
  String require(Property property) {
    String value = find(property).orElseGet(() -> source.require(property.name()));
    if (value.isBlank()) {
      throw fault(property, "the value is empty");
    }
    return value;
  }

  /** A value that goes into a header: no line breaks, no control characters. */
  String requireLine(Property property) {
    String value = require(property);
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw fault(property, "the value has a line break or control character in it");
    }
    return value;
  }

  String requireChoice(Property property) {
    String value = require(property);
    if (!property.choices().contains(value)) {
      throw fault(property, "'" + value + "' is none of " + String.join(", ", property.choices()));
    }
    return value;
  }

  Duration requireDuration(Property property) {
    String value = require(property);
    return Durations.parse(value)
        .filter(duration -> !duration.isZero())
        .orElseThrow(() -> fault(property, "'" + value + "' is no duration, as 250ms, 30s or 5m"));
  }

  int requireCount(Property property, int most) {
    String value = require(property).strip();
    if (value.matches("\\d{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw fault(property, "'" + value + "' is no whole number from 1 to " + most);
  }

  long requireSize(Property property) {
    String value = require(property);
    return Sizes.parse(value)
        .orElseThrow(() -> fault(property, "'" + value + "' is no size, as 64MiB or 1GiB"));
  }

  Optional<RateLimit> findRate(Property property) {
    return find(property)
        .map(
            value ->
                RateLimit.parse(value)
                    .orElseThrow(
                        () ->
                            fault(
                                property,
                                "'" + value + "' is no rate, as 10/s, 600/min or 5000/h")));
  }

  /** An absolute http or https URL without user information. */
  String requireUrl(Property property) {
    String value = require(property).strip();
    if (value.substring(0, userEnd(value)).indexOf('@') >= 0) {
      throw fault(property, "a URL with user information; give credentials under auth");
    }
    if (Origin.find(value).isEmpty()) {
      throw fault(
          property, "'" + value.replaceFirst("\\?.*", "?…") + "' is no absolute http or https URL");
    }
    return value;
  }

  private static int userEnd(String url) {
    return url.indexOf(':') + 3 > url.length() ? 0 : Origin.pathStart(url);
  }

  SourceException fault(Property property, String message) {
    return source.fault(property.name(), property.name() + ": " + message);
  }
}

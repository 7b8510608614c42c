package dev.quire.spi;

import java.util.List;
import java.util.Optional;

/**
 * One configuration key of a connector and everything known of it: the only home of that knowledge.
 * Immutable.
 *
 * @param name dotted below the source, for example {@code auth.token}
 * @param kind how the value is read
 * @param defaultValue what holds when the key is absent
 * @param choices the allowed values of a CHOICE, else empty
 * @param required whether the source cannot open without it
 * @param description one sentence for the documentation table and for drivers' property dialogs
 */
public record Property(
    String name,
    Kind kind,
    Optional<String> defaultValue,
    List<String> choices,
    boolean required,
    String description) {

  /**
   * How a value is read. A SECRET is never shown; a LIST is separated by commas in its text form.
   */
  public enum Kind {
    TEXT,
    URL,
    INTEGER,
    BOOLEAN,
    /** As {@code 30s}, {@code 5m}, {@code 250ms}. */
    DURATION,
    CHOICE,
    LIST,
    SECRET
  }

  public Property {
    choices = List.copyOf(choices);
  }

  public static Property of(String name, Kind kind, String description) {
    return new Property(name, kind, Optional.empty(), List.of(), false, description);
  }

  public static Property choice(String name, List<String> choices, String description) {
    return new Property(name, Kind.CHOICE, Optional.empty(), choices, false, description);
  }

  public Property withDefault(String value) {
    return new Property(name, kind, Optional.of(value), choices, required, description);
  }

  public Property withRequired() {
    return new Property(name, kind, defaultValue, choices, true, description);
  }

  public boolean isSecret() {
    return kind == Kind.SECRET;
  }
}

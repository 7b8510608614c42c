package dev.quire.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The configuration of one source: dotted keys to raw text, in which {@code ${env:NAME}} and {@code
 * ${file:PATH}} are still references. A reference is resolved each time it is asked for, so a token
 * that was renewed on disk is found. Immutable and thread-safe. Its text form shows no values.
 */
public final class SourceConfig {
  private final String name;
  private final SortedMap<String, String> values;
  private final UnaryOperator<String> references;
  private final UnaryOperator<String> places;
  private final Path folder;

  /**
   * @param name the source's name, which is its SQL schema
   * @param values dotted keys to raw text; lists joined by commas
   * @param references replaces every reference in a text; throws CONFIGURATION naming what is
   *     missing
   * @param places says where a key stands, for messages: {@code quire.yaml:7}
   */
  public SourceConfig(
      String name,
      Map<String, String> values,
      UnaryOperator<String> references,
      UnaryOperator<String> places) {
    this(name, values, references, places, Path.of(""));
  }

  private SourceConfig(
      String name,
      Map<String, String> values,
      UnaryOperator<String> references,
      UnaryOperator<String> places,
      Path folder) {
    this.name = name;
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    this.references = references;
    this.places = places;
    this.folder = folder;
  }

  /** A configuration without references, for tests and embedders. */
  public static SourceConfig of(String name, Map<String, String> values) {
    return new SourceConfig(
        name, values, UnaryOperator.identity(), key -> "sources." + name + "." + key);
  }

  public String name() {
    return name;
  }

  /** The keys that were given, sorted. */
  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value with its references resolved, if the key was given. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).map(raw -> resolved(key, raw));
  }

  private String resolved(String key, String raw) {
    try {
      return references.apply(raw);
    } catch (SourceException e) {
      throw e.withPlace(places.apply(key));
    }
  }

  /** As {@link #find}; an absent key is a CONFIGURATION error that names key and place. */
  public String require(String key) {
    return find(key)
        .orElseThrow(() -> fault(key, "source '" + name + "' needs the key '" + key + "'"));
  }

  /** The same with a value for a key that was not given. */
  public SourceConfig withDefault(String key, String value) {
    if (has(key)) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(values);
    all.put(key, value);
    return new SourceConfig(name, all, references, places, folder);
  }

  /** The same with relative paths that start at a folder: that of the configuration file. */
  public SourceConfig withFolder(Path start) {
    return new SourceConfig(name, values, references, places, start);
  }

  /**
   * The file or folder that a value names; a relative path starts where {@code ${file:PATH}} does.
   *
   * @param key where the path was found, for the message
   * @throws SourceException CONFIGURATION when it is no path on this system
   */
  public Path resolve(String key, String path) {
    try {
      return folder.resolve(path.strip());
    } catch (InvalidPathException e) {
      throw fault(key, key + ": '" + path + "' is not the path of a file");
    }
  }

  /** A CONFIGURATION error at the place of a key. */
  public SourceException fault(String key, String message) {
    return new SourceException(ErrorKind.CONFIGURATION, places.apply(key) + ": " + message);
  }

  @Override
  public String toString() {
    return "SourceConfig[" + name + ", keys=" + values.keySet() + "]";
  }
}

package dev.quire.jdbc;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.Connector;
import dev.quire.spi.Nearest;
import dev.quire.spi.Property;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a URL and the properties beside it say together, with every key known. Immutable; its text
 * form shows no values.
 *
 * @param connector whose source the URL describes; empty for a configuration file
 * @param values of the connector's keys and of the driver's
 */
record ConnectionKeys(Optional<Connector> connector, Map<String, String> values) {
  private static final String USERNAME = "auth.username";
  private static final String SECRET_WORD = "auth.password";
  private static final String AUTH_TYPE = "auth.type";

  /**
   * @throws SQLException CONFIGURATION for a key that is not known, or that both give differently
   */
  static ConnectionKeys of(String url, Properties beside) throws SQLException {
    ConnectionUrl parsed = ConnectionUrl.parse(url);
    Optional<Connector> connector =
        parsed.type().isEmpty() ? Optional.empty() : Optional.of(connector(parsed.type().get()));
    Map<String, String> values = new LinkedHashMap<>();
    List<Property> known = known(connector);
    String before = "";
    for (Map.Entry<String, String> each : parsed.values().entrySet()) {
      add(values, each.getKey(), each.getValue(), known, before);
      before = each.getKey();
    }
    for (Map.Entry<String, String> each : texts(beside).entrySet()) {
      if (!each.getValue().isEmpty() || !isCredential(each.getKey())) {
        add(values, each.getKey(), each.getValue(), known, "");
      }
    }
    return new ConnectionKeys(connector, withoutAliases(values));
  }

  private static boolean isCredential(String key) {
    return key.equals(DriverKeys.USER) || key.equals(DriverKeys.PASSWORD);
  }

  /** All properties with their defaults; of values that are no text, their text. */
  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> texts.put(key, properties.getProperty(key)));
    properties.forEach(
        (key, value) -> {
          if (!(value instanceof String)) {
            texts.put(key.toString(), value.toString());
          }
        });
    return texts;
  }

  private static Connector connector(String type) throws SQLException {
    List<Connector> all = Engine.connectors();
    Optional<Connector> found =
        all.stream().filter(each -> each.type().equalsIgnoreCase(type)).findFirst();
    if (found.isEmpty()) {
      List<String> types = all.stream().map(Connector::type).toList();
      throw SqlErrors.configuration(
          "no connector for '"
              + type
              + "'. "
              + Nearest.question(type, types)
                  .orElse(
                      "A URL is jdbc:quire:, jdbc:quire:config=PATH, or jdbc:quire:TYPE:key=value"
                          + " with one of the types "
                          + String.join(", ", types)
                          + "."));
    }
    return found.get();
  }

  private static List<Property> ofSource(Connector connector) {
    List<Property> all = new ArrayList<>(connector.properties());
    all.addAll(Configuration.sourceProperties());
    return all;
  }

  /** Every key that a connection of this kind may have, its own first. */
  static List<Property> known(Optional<Connector> connector) {
    List<Property> all = new ArrayList<>();
    connector.ifPresent(each -> all.addAll(ofSource(each)));
    all.addAll(connector.isPresent() ? DriverKeys.OF_A_SOURCE : DriverKeys.OF_A_FILE);
    all.addAll(DriverKeys.OF_ALL);
    return all;
  }

  private static void add(
      Map<String, String> values, String given, String value, List<Property> known, String before)
      throws SQLException {
    String key = name(given, known);
    if (find(key, known).isEmpty()) {
      throw SqlErrors.configuration(unknown(given, known, before));
    }
    String earlier = values.putIfAbsent(key, value);
    if (earlier != null && !earlier.equals(value)) {
      throw SqlErrors.configuration(
          "the key '" + key + "' is given twice, with different values; leave one out");
    }
  }

  /** {@code auth} is short for {@code auth.type}. */
  private static String name(String given, List<Property> known) {
    return find(given, known).isEmpty() && find(given + ".type", known).isPresent()
        ? given + ".type"
        : given;
  }

  private static Optional<Property> find(String key, List<Property> known) {
    return known.stream().filter(each -> each.name().equals(key)).findFirst();
  }

  /** Does not repeat what may be the second half of a secret with a semicolon in it. */
  private static String unknown(String key, List<Property> known, String before) {
    if (find(name(before, known), known).filter(Property::isSecret).isPresent()) {
      return "what follows the value of '"
          + before
          + "' is no known key; a value with a ; stands in double quotes";
    }
    List<String> names = known.stream().map(Property::name).toList();
    return "unknown key '"
        + key
        + "'. "
        + Nearest.question(key, names)
            .orElse("A connection of this kind knows: " + String.join(", ", names) + ".");
  }

  private static Map<String, String> withoutAliases(Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(values);
    String user = all.remove(DriverKeys.USER);
    String password = all.remove(DriverKeys.PASSWORD);
    if (user != null) {
      all.putIfAbsent(USERNAME, user);
    }
    if (password != null) {
      all.putIfAbsent(SECRET_WORD, password);
    }
    if (user != null && password != null) {
      all.putIfAbsent(AUTH_TYPE, "basic");
    }
    return all;
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  /** The keys of the source that the URL describes. */
  Map<String, String> ofTheSource() {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> known =
        connector.stream().flatMap(each -> ofSource(each).stream()).map(Property::name).toList();
    values.forEach(
        (key, value) -> {
          if (known.contains(key)) {
            all.put(key, value);
          }
        });
    return all;
  }

  /** The URL of the connection, secrets masked. */
  String shownUrl() {
    StringBuilder url = new StringBuilder(ConnectionUrl.PREFIX);
    connector.ifPresent(each -> url.append(each.type()).append(':'));
    List<Property> known = known(connector);
    String separator = "";
    for (Map.Entry<String, String> each : values.entrySet()) {
      boolean secret = find(each.getKey(), known).filter(Property::isSecret).isPresent();
      url.append(separator).append(each.getKey()).append('=');
      url.append(secret ? "***" : shown(each.getValue()));
      separator = ";";
    }
    return url.toString();
  }

  /** A value without what may be secret in the URL of a service, and quoted if it must be. */
  private static String shown(String value) {
    String plain = value.replaceFirst("(?<=://)[^/@]*@", "***@");
    int query = plain.contains("://") ? plain.indexOf('?') : -1;
    plain = query < 0 ? plain : plain.substring(0, query) + "?***";
    boolean quoted = plain.contains(";") || plain.startsWith("\"") || plain.startsWith("'");
    return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  @Override
  public String toString() {
    return shownUrl();
  }
}

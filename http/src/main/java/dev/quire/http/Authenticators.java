package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.SourceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ways to authenticate that need no request of their own. */
final class Authenticators {
  private Authenticators() {}

  static Authenticator none() {
    return new Fixed(() -> "", (request, nothing) -> Map.of(), nothing -> List.of());
  }

  static Authenticator bearer(DoorConfig config) {
    return new Fixed(
        () -> config.requireLine(DoorProperties.TOKEN),
        (request, token) -> Map.of("Authorization", "Bearer " + token),
        List::of);
  }

  static Authenticator basic(DoorConfig config) {
    String user = config.requireLine(DoorProperties.USERNAME);
    if (user.indexOf(':') >= 0) {
      throw config.fault(DoorProperties.USERNAME, "basic allows no ':' in a user name");
    }
    return new Fixed(
        () -> config.requireLine(DoorProperties.PASSWORD),
        (request, password) -> Map.of("Authorization", "Basic " + base64(user, password)),
        password -> List.of(password, base64(user, password)));
  }

  /** Name and password as basic authentication writes them, in UTF-8 (RFC 7617). */
  static String base64(String user, String password) {
    byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Authenticator apiKey(DoorConfig config) {
    String name = config.requireLine(DoorProperties.KEY_NAME);
    Supplier<String> value = () -> config.requireLine(DoorProperties.KEY_VALUE);
    if (config.requireChoice(DoorProperties.KEY_PLACE).equals("query")) {
      return new QueryKey(name, value);
    }
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw config.fault(DoorProperties.KEY_NAME, "'" + name + "' is no name of a header");
    }
    return new Fixed(value, (request, key) -> Map.of(name, key), List::of);
  }

  /** How a value becomes headers. */
  private interface HeaderMaker {
    Map<String, String> headers(HttpRequest request, String value);
  }

  /** A value from the configuration, read again after a 401. */
  private abstract static class Configured implements Authenticator {
    private final Supplier<String> source;
    private volatile String value;

    Configured(Supplier<String> source) {
      this.source = source;
      this.value = source.get();
    }

    final String value() {
      return value;
    }

    @Override
    public boolean refresh(Signed rejected, CallContext context) {
      if (!value.equals(rejected.credential())) {
        return true;
      }
      try {
        value = source.get();
      } catch (SourceException e) {
        return false;
      }
      return !value.equals(rejected.credential());
    }
  }

  private static final class Fixed extends Configured {
    private final HeaderMaker maker;
    private final Function<String, List<String>> shown;
    private final Secrets secrets = new Secrets();

    Fixed(Supplier<String> source, HeaderMaker maker, Function<String, List<String>> shown) {
      super(source);
      this.maker = maker;
      this.shown = shown;
    }

    @Override
    public Signed apply(HttpRequest request, CallContext context) {
      String used = value();
      secrets.add(shown.apply(used).toArray(new String[0]));
      return new Signed(request.url(), maker.headers(request, used), used);
    }

    @Override
    public Secrets secrets() {
      return secrets;
    }
  }

  /** A key in the query; a link that brings it along already is not given it twice. */
  private static final class QueryKey extends Configured {
    private final String name;
    private final Secrets secrets = new Secrets();

    QueryKey(String name, Supplier<String> source) {
      super(source);
      this.name = encoded(name);
    }

    @Override
    public Signed apply(HttpRequest request, CallContext context) {
      String used = value();
      secrets.add(used);
      return new Signed(Query.with(request.url(), name, encoded(used)), Map.of(), used);
    }

    @Override
    public Secrets secrets() {
      return secrets;
    }
  }
}

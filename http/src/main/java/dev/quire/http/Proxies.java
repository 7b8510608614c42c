package dev.quire.http;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Which way leads to an origin, from {@code http.proxy} and its neighbours. */
final class Proxies {
  private Proxies() {}

  /**
   * The configured proxy for all but loopback and the exceptions; without one, as this Java is
   * told.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION when a key is not right
   */
  static Function<Origin, Route> from(DoorConfig config) {
    if (!config.source().has(DoorProperties.PROXY.name())) {
      for (var key :
          List.of(
              DoorProperties.NO_PROXY,
              DoorProperties.PROXY_USERNAME,
              DoorProperties.PROXY_PASSWORD)) {
        if (config.source().has(key.name())) {
          throw config.fault(key, "needs http.proxy");
        }
      }
      return Route::standard;
    }
    InetSocketAddress proxy = address(config);
    Optional<String> authorization = authorization(config);
    List<String> exceptions = exceptions(config);
    return origin ->
        origin.isLoopback() || exceptions.stream().anyMatch(e -> covers(e, origin))
            ? Route.direct(origin)
            : new Route(origin, Optional.of(proxy), authorization);
  }

  private static InetSocketAddress address(DoorConfig config) {
    String url = config.requireUrl(DoorProperties.PROXY);
    Origin proxy = Origin.find(url).orElseThrow();
    String path = url.substring(Origin.pathStart(url));
    if (proxy.isSecure() || !path.matches("/?")) {
      throw config.fault(DoorProperties.PROXY, "'" + url + "' is not of the form http://host:port");
    }
    return InetSocketAddress.createUnresolved(proxy.plainHost(), proxy.port());
  }

  private static Optional<String> authorization(DoorConfig config) {
    boolean named = config.source().has(DoorProperties.PROXY_USERNAME.name());
    if (!named && !config.source().has(DoorProperties.PROXY_PASSWORD.name())) {
      return Optional.empty();
    }
    String user = config.requireLine(DoorProperties.PROXY_USERNAME);
    if (user.indexOf(':') >= 0) {
      throw config.fault(DoorProperties.PROXY_USERNAME, "basic allows no ':' in a user name");
    }
    String password = config.requireLine(DoorProperties.PROXY_PASSWORD);
    return Optional.of("Basic " + Authenticators.base64(user, password));
  }

  /** What must not be shown of the way to the service. */
  static Secrets secrets(DoorConfig config) {
    Secrets secrets = new Secrets();
    authorization(config)
        .ifPresent(
            basic ->
                secrets.add(
                    basic.substring(basic.indexOf(' ') + 1),
                    config.requireLine(DoorProperties.PROXY_PASSWORD)));
    return secrets;
  }

  private static List<String> exceptions(DoorConfig config) {
    List<String> hosts =
        Arrays.stream(config.find(DoorProperties.NO_PROXY).orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList();
    for (String host : hosts) {
      if (!host.matches("\\*|(\\*?\\.)?[a-z0-9_-][a-z0-9._-]*|\\[?[0-9a-f:.]+]?")) {
        throw config.fault(
            DoorProperties.NO_PROXY, "'" + host + "' is neither a host nor of the form .domain");
      }
    }
    return hosts;
  }

  /**
   * A host, everything below a domain ({@code .domain} or {@code *.domain}), or all ({@code *}).
   */
  private static boolean covers(String exception, Origin origin) {
    String host = origin.plainHost();
    if (exception.equals("*")) {
      return true;
    }
    String domain = exception.startsWith("*.") ? exception.substring(1) : exception;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain.replaceAll("[\\[\\]]", ""));
  }
}

package dev.quire.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The way to an origin: straight, or through an HTTP proxy. Immutable.
 *
 * @param proxy host and port, not yet resolved
 * @param authorization what the proxy wants to hear; secret
 */
record Route(Origin origin, Optional<InetSocketAddress> proxy, Optional<String> authorization) {

  static Route direct(Origin origin) {
    return new Route(origin, Optional.empty(), Optional.empty());
  }

  static Route through(InetSocketAddress proxy, Origin origin) {
    return new Route(origin, Optional.of(proxy), Optional.empty());
  }

  /** As this Java is told: http.proxyHost, https.proxyHost, http.nonProxyHosts and the like. */
  static Route standard(Origin origin) {
    ProxySelector selector = ProxySelector.getDefault();
    Optional<URI> uri = uri(origin);
    if (selector == null || uri.isEmpty()) {
      return direct(origin);
    }
    Proxy first = selector.select(uri.get()).get(0);
    boolean used = first.type() == Proxy.Type.HTTP;
    return used && first.address() instanceof InetSocketAddress address
        ? through(address, origin)
        : direct(origin);
  }

  /** Empty for a host that a URI cannot have, as one with an underscore; it may still be known. */
  private static Optional<URI> uri(Origin origin) {
    try {
      return Optional.of(new URI(origin.toString())).filter(uri -> uri.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The host to connect to. */
  String host() {
    return proxy.map(InetSocketAddress::getHostString).orElseGet(origin::plainHost);
  }

  /** The port to connect to. */
  int port() {
    return proxy.map(InetSocketAddress::getPort).orElseGet(origin::port);
  }

  /** Whether the proxy only passes bytes on, so that it sees neither request nor credentials. */
  boolean isTunnel() {
    return proxy.isPresent() && origin.isSecure();
  }

  /** What a proxy that reads the request is to be told of us; one of a tunnel was told before. */
  Optional<String> authorizationInRequest() {
    return isTunnel() ? Optional.empty() : authorization;
  }

  @Override
  public String toString() {
    return "Route[" + origin + proxy.map(p -> " through " + host() + ":" + port()).orElse("") + "]";
  }

  /** What stands in the request line: a proxy that reads it wants the whole URL. */
  String target(String target) {
    return proxy.isPresent() && !origin.isSecure() ? origin + target : target;
  }
}

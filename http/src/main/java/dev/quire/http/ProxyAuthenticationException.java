package dev.quire.http;

import java.io.IOException;

/** A proxy wants to know who asks, or does not believe it. */
final class ProxyAuthenticationException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyAuthenticationException(String proxy) {
    super("the proxy " + proxy + " answered 407: it wants other credentials");
  }
}

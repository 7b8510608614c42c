package dev.quire.benchmark;

import dev.quire.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

/** An answer whose body has arrived. */
final class Received implements HttpResponse {
  private final InputStream body;

  Received(byte[] bytes) {
    body = new ByteArrayInputStream(bytes);
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public String url() {
    return "http://localhost/";
  }

  @Override
  public List<String> headers(String name) {
    return List.of();
  }

  @Override
  public InputStream body() {
    return body;
  }
}

package dev.quire.http;

import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.List;

/** An answer as the connector sees it. One thread. */
final class Answer implements HttpResponse {
  private final Transport.Head head;
  private final String url;
  private final InputStream body;

  Answer(Transport.Head head, String url, InputStream body) {
    this.head = head;
    this.url = url;
    this.body = new Open(body);
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<String> headers(String name) {
    return head.headers().all(name);
  }

  @Override
  public InputStream body() {
    return body;
  }

  /** Stays open when a reader closes it: the door reads to the end, to see a cut. */
  private static final class Open extends FilterInputStream {
    Open(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}

package dev.quire.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The head of an answer and its body as a stream, already decoded (gzip, deflate) and guarded by
 * the size limit. Valid only inside the {@link ResponseReader} that got it.
 */
public interface HttpResponse {

  /** 200 to 299, or 304 to a request with If-None-Match: other answers never reach a reader. */
  int status();

  /** The URL that answered, after redirects; the base of relative links. */
  String url();

  /** All values of a header, by a name in any case. */
  List<String> headers(String name);

  /** The first value of a header. */
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The decoded body. A body that ends too soon throws an IOException, never an early end. */
  InputStream body();

  /**
   * Reads the body into memory, in place of {@link #body()}, if it has no more than {@code most}
   * bytes; else what was read is where the body's stream begins.
   *
   * @param spare taken in place of a new array if it is long enough: nobody else may need it
   * @throws IOException when the body ends too soon
   */
  default Body whole(byte[] spare, int most) throws IOException {
    return Body.read(this, spare, most);
  }

  /** The same head with a body that was read, for whoever reads the answer next. */
  default HttpResponse with(Body body) {
    HttpResponse head = this;
    return new HttpResponse() {
      @Override
      public int status() {
        return head.status();
      }

      @Override
      public String url() {
        return head.url();
      }

      @Override
      public List<String> headers(String name) {
        return head.headers(name);
      }

      @Override
      public InputStream body() {
        return body.stream();
      }

      @Override
      public Body whole(byte[] spare, int most) {
        return body;
      }
    };
  }
}

package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int LARGE = 500_000;

  private final Bodies bodies = new Bodies();

  @Test
  void a_body_is_read_into_the_array_of_one_that_nobody_needs() throws IOException {
    Body first = bodies.read(response(new byte[LARGE]));
    bodies.free(first);
    Body second = bodies.read(response(new byte[] {1, 2, 3}));
    assertThat(second.array()).isSameAs(first.array()).startsWith(1, 2, 3, 0);
    assertThat(second.length()).isEqualTo(3);
  }

  @Test
  void bodies_that_are_needed_at_the_same_time_share_nothing() throws IOException {
    Body first = bodies.read(response(new byte[LARGE]));
    Body second = bodies.read(response(new byte[LARGE]));
    assertThat(second.array()).isNotSameAs(first.array());
    bodies.free(first);
    assertThat(bodies.read(response(new byte[LARGE])).array()).isSameAs(first.array());
    assertThat(bodies.read(response(new byte[LARGE])).array()).isNotSameAs(first.array());
  }

  private static HttpResponse response(byte[] body) {
    return new HttpResponse() {
      @Override
      public int status() {
        return 200;
      }

      @Override
      public String url() {
        return "https://api.example/";
      }

      @Override
      public List<String> headers(String name) {
        return List.of();
      }

      @Override
      public InputStream body() {
        return new ByteArrayInputStream(body);
      }
    };
  }
}

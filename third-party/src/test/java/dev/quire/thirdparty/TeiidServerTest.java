package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class TeiidServerTest {
  @Test
  void answers_pages_of_the_preferred_size_with_a_next_link() throws Exception {
    try (TeiidServer server = TeiidServer.start(Views.SCRIPT)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + "/orders"))
              .header("Prefer", "odata.maxpagesize=100")
              .build();

      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).contains("\"value\":[").contains("\"@odata.nextLink\":\"");
      assertThat(response.body().split("\"id\":", -1)).hasSize(101);
    }
  }
}

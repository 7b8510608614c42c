package dev.quire.thirdparty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.thirdparty.rest.RestReading.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped spec of RabbitMQ's management API against the server: pages by number up to the page
 * count, past which it answers with an error.
 */
class RabbitMqTest {
  private static final int QUEUES = 53;

  @TempDir static Path folder;
  private static RabbitMq server;

  @BeforeAll
  static void start() throws Exception {
    server = RabbitMq.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static Answer read(int pageSize, String sql) throws Exception {
    Map<String, String> source =
        Map.of(
            "spec",
            "rabbitmq",
            "url",
            server.url(),
            "page_size",
            Integer.toString(pageSize),
            "auth.type",
            "basic",
            "auth.username",
            "guest",
            "auth.password",
            "guest");
    return RestReading.read(source, sql);
  }

  private static List<String> names() {
    return IntStream.range(0, QUEUES).mapToObj("queue-%03d"::formatted).toList();
  }

  @Test
  void all_rows_come_in_order_by_the_fewest_requests() throws Exception {
    Answer none = read(20, "SELECT name FROM svc.queues");
    assertThat(none.column()).isEmpty();
    assertThat(none.requests()).hasSize(1);

    for (String name : names()) {
      server.declare(name);
    }

    Answer serial = read(20, "SELECT name FROM svc.queues");
    assertThat(serial.column()).isEqualTo(names());
    assertThat(serial.requests()).hasSize(3);
    assertThat(serial.requests().get(2)).endsWith("/api/queues?page_size=20&page=3");

    Answer full = read(53, "SELECT name FROM svc.queues");
    assertThat(full.column()).isEqualTo(names());
    assertThat(full.requests()).hasSize(1);

    Answer exchanges = read(2, "SELECT name FROM svc.exchanges");
    assertThat(exchanges.column()).hasSize(7).doesNotHaveDuplicates().contains("", "amq.topic");
    assertThat(exchanges.requests()).hasSize(4);
  }
}

package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many statements on one engine: one after the other, at once, and at its end. */
@Timeout(120)
class ManyStatementsTest {

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("quire-"))
        .count();
  }

  @Test
  void two_thousand_statements_leave_neither_threads_nor_connections() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      for (int i = 0; i < 2_000; i++) {
        String sql =
            switch (i % 4) {
              case 0 -> "SELECT id FROM s.items LIMIT 4";
              case 1 -> "SELECT count(name) FROM s.items";
              case 2 -> "SELECT a.id FROM s.items a JOIN s.items b ON a.id = b.id LIMIT 2";
              default -> "SELECT id FROM s.items";
            };
        try (Result result = statements.engine().query(sql, StatementOptions.DEFAULT)) {
          assertThat(result.next()).isNotNull(); // the rest is left unread
        }
      }
      assertThat(threads()).isLessThan(20);
      assertThat(service.api().openConnectionCount()).isLessThan(20);
    }
  }

  @Test
  void statements_at_once_get_their_own_rows() {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ItemsService service = new ItemsService(300, 7);
        Statements statements = Statements.over(service.url())) {
      List<CompletableFuture<List<List<Object>>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String sql = "SELECT id + " + i + " FROM s.items";
        all.add(CompletableFuture.supplyAsync(() -> statements.rows(sql), threads));
      }
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).join())
            .hasSize(300)
            .startsWith(List.of(i + 1))
            .endsWith(List.of(i + 300));
      }
      assertThat(service.api().requests("/odata/$metadata")).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void an_engine_that_is_closed_ends_its_statements_with_an_error() {
    try (ItemsService service = new ItemsService(12, 3)) {
      service.answering(
          request -> ItemsService.token(request) < 6 ? service.answer(request) : Reply.stall());
      Statements statements = Statements.over(service.url());
      CompletableFuture<Throwable> running =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> statements.rows("SELECT id FROM s.items")));
      service.api().awaitStalled(1);
      statements.close();
      assertCancelled(running.join());
      assertCancelled(catchThrowable(() -> statements.rows("SELECT id FROM s.items")));
    }
  }

  @Test
  void a_statement_cancelled_from_many_threads_is_cancelled_once() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      service.answering(request -> Reply.stall());
      Result result = statements.engine().query("SELECT id FROM s.items", StatementOptions.DEFAULT);
      CompletableFuture<Throwable> running =
          CompletableFuture.supplyAsync(() -> catchThrowable(result::next));
      service.api().awaitStalled(1);
      CompletableFuture<?>[] cancels = new CompletableFuture<?>[8];
      for (int i = 0; i < cancels.length; i++) {
        cancels[i] = CompletableFuture.runAsync(i % 2 == 0 ? result::cancel : result::close);
      }
      CompletableFuture.allOf(cancels).join();
      assertCancelled(running.join());
      assertThat(service.dataRequests()).hasSize(1);
      service.answering(service::answer);
      assertThat(statements.rows("SELECT id FROM s.items")).hasSize(12);
    }
  }

  private static void assertCancelled(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }
}

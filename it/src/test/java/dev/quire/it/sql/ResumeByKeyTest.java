package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.Result;
import dev.quire.engine.ResumePoint;
import dev.quire.engine.StatementOptions;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An OData service whose next links are gone when a statement wants to go on. */
class ResumeByKeyTest {
  private static final String SQL = "SELECT id, name FROM s.items ORDER BY id";
  private static final int ROWS = 12;
  private static final int PAGE = 3;

  /** Filters by the key; a link of an earlier run is gone. */
  private static Reply answer(ItemsService service, ReceivedRequest request, boolean linksDie) {
    int from =
        request
            .parameter("$filter")
            .map(filter -> Integer.parseInt(filter.replaceFirst("id gt ", "")))
            .orElseGet(() -> ItemsService.token(request));
    boolean isOfFirstRun = ItemsService.token(request) % PAGE == 0;
    if (linksDie && isOfFirstRun && request.parameter("$skiptoken").isPresent()) {
      return Reply.status(410);
    }
    int end = Math.min(ROWS, from + PAGE);
    String next = end < ROWS ? service.link(end) : "";
    return Reply.json("{\"value\":[" + ItemsService.items(from, end) + "]" + next + "}");
  }

  @Test
  void a_statement_in_the_order_of_the_key_goes_on_behind_its_last_row() {
    boolean[] linksDie = new boolean[1];
    try (ItemsService service = new ItemsService(ROWS, PAGE);
        Statements statements = Statements.over(service.url())) {
      service.answering(request -> answer(service, request, linksDie[0]));
      List<List<Object>> whole = statements.rows(SQL);
      List<List<Object>> rows = new ArrayList<>();
      ResumePoint point;
      try (Result result = statements.engine().query(SQL, StatementOptions.DEFAULT)) {
        for (int i = 0; i < 7; i++) {
          rows.add(List.of(result.next()));
        }
        point = ResumePoint.parse(result.resumePoint().orElseThrow().text());
      }
      linksDie[0] = true;
      StatementOptions resumed = StatementOptions.DEFAULT.withResume(point);
      try (Result result = statements.engine().query(SQL, resumed)) {
        assertThatThrownBy(result::next)
            .hasMessageContaining("410")
            .hasMessageContaining("--resume --by-key")
            .hasMessageContaining("--restart");
      }
      try (Result result = statements.engine().query(SQL, resumed.withByKey(true))) {
        rows.add(List.of(result.next()));
        rows.addAll(Statements.drain(result));
        assertThat(result.warnings()).singleElement().asString().contains("went on behind the key");
      }
      assertThat(rows).isEqualTo(whole).hasSize(ROWS);
      assertThat(service.dataRequests())
          .flatExtracting(request -> request.parameter("$filter").stream().toList())
          .contains("id gt 7");
    }
  }

  @Test
  void without_the_order_of_the_key_there_is_no_such_way() {
    String sql = "SELECT id, name FROM s.items";
    boolean[] linksDie = new boolean[1];
    try (ItemsService service = new ItemsService(ROWS, PAGE);
        Statements statements = Statements.over(service.url())) {
      service.answering(request -> answer(service, request, linksDie[0]));
      ResumePoint point;
      try (Result result = statements.engine().query(sql, StatementOptions.DEFAULT)) {
        Stream.generate(result::next).limit(7).forEach(row -> assertThat(row).isNotNull());
        point = result.resumePoint().orElseThrow();
      }
      linksDie[0] = true;
      StatementOptions resumed = StatementOptions.DEFAULT.withResume(point).withByKey(true);
      try (Result result = statements.engine().query(sql, resumed)) {
        assertThatThrownBy(result::next)
            .hasMessageContaining("410")
            .message()
            .doesNotContain("--by-key");
      }
    }
  }
}

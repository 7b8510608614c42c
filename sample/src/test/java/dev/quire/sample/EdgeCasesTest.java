package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeCasesTest {
  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withEdgeCases(500));
  private final Caller caller = new Caller(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_server_has_them_only_when_asked_to() {
    try (SampleServer plain = SampleServer.start(SampleOptions.DEFAULT)) {
      Caller other = new Caller(plain);

      assertThat(other.get("edgecases").statusCode()).isEqualTo(404);
      assertThat(other.body("$metadata")).doesNotContain("edgecase");
    }
    assertThat(caller.body("$metadata")).contains("<EntitySet Name=\"edgecases\"");
  }

  @Test
  void the_rows_are_those_that_are_served() {
    assertThat(caller.readAll("edgecases?$select=big", "big"))
        .hasSize(500)
        .containsExactlyElementsOf(
            server.rows("edgecases", List.of("big")).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList());
  }

  @Test
  void every_column_but_the_key_is_null_somewhere() {
    List<String> columns =
        List.of(
            "label",
            "other",
            "amount",
            "rate",
            "small",
            "quantity",
            "big",
            "flag",
            "dayon",
            "happened",
            "_parentid_value");
    for (String column : columns) {
      assertThat(server.rows("edgecases", List.of(column))).as(column).contains(nothing());
    }
  }

  private static List<Object> nothing() {
    return Collections.singletonList(null);
  }

  @Test
  void money_of_the_same_value_is_one_group_however_many_zeros_it_has() {
    assertThat(server.rows("edgecases", List.of("amount")))
        .contains(List.of(new BigDecimal("10")))
        .contains(List.of(new BigDecimal("10.0000")));

    assertThat(caller.body("edgecases?$apply=aggregate(amount%20with%20countdistinct%20as%20n)"))
        .contains("\"n\":11");
    assertThat(caller.readAll("edgecases?$apply=groupby((amount))", "amount")).hasSize(11);
  }

  @Test
  void a_sum_that_overflows_the_type_of_its_column_is_refused() {
    HttpResponse<String> response =
        caller.get("edgecases?$apply=aggregate(big%20with%20sum%20as%20n)");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Arithmetic overflow");
  }
}

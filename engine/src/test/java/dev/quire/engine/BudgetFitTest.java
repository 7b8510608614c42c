package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.BudgetState;
import dev.quire.engine.BudgetFit.Need;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetFitTest {
  private static final Need CRM = need("crm", 3, 12_001, false);

  @Test
  void compares_what_is_expected_with_what_is_allowed() {
    assertThat(line("statement", "calls", 3, 2, CRM))
        .isEqualTo("calls: 3 expected, 3 allowed: it fits");
    assertThat(line("statement", "calls", 2, 0, CRM))
        .isEqualTo("calls: 3 expected, 2 allowed: it does not fit");
    assertThat(line("crm", "rows", 12_001, 0, CRM))
        .isEqualTo("crm rows: 12,001 expected, 12,001 allowed: it fits");
  }

  @Test
  void of_a_day_what_is_left_counts() {
    assertThat(line("crm", "calls per day", 500, 498, CRM))
        .isEqualTo("crm calls per day: 3 expected, 2 of 500 left today: it does not fit");
    assertThat(line(EngineBudgets.ALL, "calls per day", 500, 0, CRM, need("erp", 4, 1, false)))
        .isEqualTo("all sources calls per day: 7 expected, 500 of 500 left today: it fits");
  }

  @Test
  void scans_of_other_sources_do_not_count() {
    assertThat(line("erp", "calls", 3, 0, CRM, need("erp", 4, 1, false)))
        .isEqualTo("erp calls: 4 expected, 3 allowed: it does not fit");
  }

  @Test
  void does_not_promise_what_it_cannot_know() {
    Need unknown = new Need("erp", OptionalLong.empty(), OptionalLong.empty(), false);
    assertThat(line("statement", "calls", 10, 0, CRM, unknown))
        .isEqualTo("calls: at least 3 expected, 10 allowed: it may not fit");
    assertThat(line("statement", "calls", 10, 0, need("crm", 11, 5, true)))
        .isEqualTo("calls: at least 11 expected, 10 allowed: it does not fit");
    assertThat(line("crm", "bytes", 1_000, 0, CRM))
        .isEqualTo(
            "crm bytes: 1,000 allowed; what the statement will take cannot be told beforehand");
    assertThat(line("crm", "ms", 90_000, 0, CRM)).startsWith("crm time: 90 s allowed;");
  }

  @Test
  void a_result_has_no_more_rows_than_its_only_scan() {
    assertThat(line("statement", "rows", 20_000, 0, CRM))
        .isEqualTo("rows: no more than 12,001 expected, 20,000 allowed: it fits");
    assertThat(line("statement", "rows", 20_000, 0, CRM, CRM)).contains("cannot be told");
    assertThat(line("statement", "rows", 5, 0, CRM)).contains("cannot be told");
  }

  private static Need need(String source, long calls, long rows, boolean least) {
    return new Need(source, OptionalLong.of(calls), OptionalLong.of(rows), least);
  }

  private static String line(String owner, String unit, long limit, long spent, Need... needs) {
    return new BudgetFit(List.of(needs)).line(new BudgetState(owner, unit, limit, spent));
  }
}

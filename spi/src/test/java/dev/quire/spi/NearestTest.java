package dev.quire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("accounts", "contacts", "opportunities", "id");

  @Test
  void finds_a_name_with_a_letter_wrong_or_two_swapped() {
    assertThat(Nearest.names("acounts", KNOWN)).containsExactly("accounts");
    assertThat(Nearest.names("ACCUONTS", KNOWN)).containsExactly("accounts");
  }

  @Test
  void finds_a_name_by_its_beginning() {
    assertThat(Nearest.names("opp", KNOWN)).containsExactly("opportunities");
  }

  @Test
  void offers_nothing_when_nothing_is_close() {
    assertThat(Nearest.names("zebra", KNOWN)).isEmpty();
    assertThat(Nearest.question("zebra", KNOWN)).isEmpty();
  }

  @Test
  void asks_with_the_closest_first() {
    assertThat(Nearest.question("account", List.of("amount", "accounts", "discount")))
        .contains("Did you mean 'accounts' or 'amount'?");
  }
}

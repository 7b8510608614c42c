package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeValuesTest {

  @Test
  void bounds_lie_at_equal_distances() {
    assertThat(RangeValues.between(0, 100, 4)).isEqualTo(List.of(25, 50, 75));
    assertThat(RangeValues.between(-10L, 10L, 2)).isEqualTo(List.of(0L));
    assertThat(RangeValues.between(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 11), 2))
        .isEqualTo(List.of(LocalDate.of(2020, 1, 6)));
    assertThat(
            RangeValues.between(
                Instant.parse("2020-01-01T00:00:00.9Z"), Instant.parse("2020-01-01T00:01:00Z"), 3))
        .isEqualTo(
            List.of(Instant.parse("2020-01-01T00:00:20Z"), Instant.parse("2020-01-01T00:00:40Z")));
    assertThat(RangeValues.between(new BigDecimal("-1.5"), new BigDecimal("9.5"), 2))
        .isEqualTo(List.of(new BigDecimal(4)));
  }

  @Test
  void values_close_to_each_other_have_fewer_bounds() {
    assertThat(RangeValues.between(5, 5, 8)).isEmpty();
    assertThat(RangeValues.between(5, 6, 8)).isEmpty();
    assertThat(RangeValues.between(5, 7, 8)).isEqualTo(List.of(6));
  }

  @Test
  void the_ends_of_a_type_do_not_overflow() {
    assertThat(RangeValues.between(Long.MIN_VALUE, Long.MAX_VALUE, 2)).isEqualTo(List.of(-1L));
    assertThat(RangeValues.between(Integer.MIN_VALUE, Integer.MAX_VALUE, 2)).isEqualTo(List.of(-1));
  }

  @Test
  void every_value_is_in_exactly_one_of_the_ranges() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      int least = random.nextInt(200) - 100;
      int greatest = least + random.nextInt(300);
      List<Object> bounds = RangeValues.between(least, greatest, 1 + random.nextInt(40));
      assertThat(bounds).doesNotHaveDuplicates().isSorted();
      for (int value = least - 2; value <= greatest + 2; value++) {
        int in = 0;
        for (int i = 0; i <= bounds.size(); i++) {
          boolean above = i == 0 || value >= (Integer) bounds.get(i - 1);
          boolean below = i == bounds.size() || value < (Integer) bounds.get(i);
          in += above && below ? 1 : 0;
        }
        assertThat(in).isEqualTo(1);
      }
    }
  }
}

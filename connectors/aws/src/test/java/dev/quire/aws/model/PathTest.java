package dev.quire.aws.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTest {

  @Test
  void a_name_is_a_member() {
    assertThat(Path.parse("NextToken").find(Map.of("NextToken", "a"))).contains("a");
    assertThat(Path.parse("NextToken").find(Map.of("Other", "a"))).isEmpty();
  }

  @Test
  void a_dot_goes_into_a_member() {
    Map<String, ?> answer = Map.of("DistributionList", Map.of("NextMarker", "m"));
    assertThat(Path.parse("DistributionList.NextMarker").find(answer)).contains("m");
    assertThat(Path.parse("DistributionList.Absent.NextMarker").find(answer)).isEmpty();
  }

  @Test
  void minus_one_is_the_last_element() {
    Map<String, ?> answer =
        Map.of("Jobs", List.of(Map.of("JobId", "1"), Map.of("JobId", "2")), "None", List.of());
    assertThat(Path.parse("Jobs[-1].JobId").find(answer)).contains("2");
    assertThat(Path.parse("None[-1].JobId").find(answer)).isEmpty();
  }

  @Test
  void bars_give_the_first_that_holds_something() {
    Path path = Path.parse("NextMarker || Contents[-1].Key");
    Map<String, ?> contents = Map.of("Contents", List.of(Map.of("Key", "k")), "NextMarker", "");
    assertThat(path.find(contents)).contains("k");
    assertThat(path.find(Map.of("NextMarker", "m"))).contains("m");
  }

  @Test
  void what_is_empty_false_or_zero_is_nothing() {
    for (Object value : List.of("", false, 0, List.of(), Map.of())) {
      assertThat(Path.parse("a").find(Map.of("a", value))).isEmpty();
    }
    assertThat(Path.parse("a").find(Map.of("a", 7))).contains(7);
  }

  @Test
  void its_text_is_what_was_parsed() {
    for (String text : List.of("a", "a.b", "Jobs[-1].JobId", "NextMarker || Contents[-1].Key")) {
      assertThat(Path.parse(text)).hasToString(text);
    }
  }

  @Test
  void refuses_what_it_does_not_understand() {
    for (String text : List.of("", "a[0]", "a[*].b", "length(a)", "a..b")) {
      assertThatThrownBy(() -> Path.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text);
    }
  }
}

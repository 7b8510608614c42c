package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopLevelTextTest {
  @Test
  void finds_a_text_before_behind_and_without_other_members() {
    assertThat(find("{\"next\":\"a?b=1&c\"}")).contains("a?b=1&c");
    assertThat(find("{\"next\":\"a\",\"rows\":[{\"next\":\"no\"}]}")).contains("a");
    assertThat(find(" {\n \"rows\" : [1, -2.5e3, true, null] ,\r\n\t\"next\" : \"ä€\" }\n"))
        .contains("ä€");
  }

  @Test
  void passes_over_texts_and_nested_values_that_look_like_it() {
    assertThat(
            find(
                "{\"rows\":[{\"next\":\"no\",\"a\":\"}],\\\"next\\\":\\\"no\\\"\",\"b\\\\\":[[{}]]}],"
                    + "\"x\":{\"next\":\"no\"},\"y\":\"next\",\"n\":12,\"nexT\":\"no\",\"next\":\"yes\"}"))
        .contains("yes");
  }

  @Test
  void undoes_what_is_escaped() {
    assertThat(find("{\"next\":\"https:\\/\\/x\\/?a=1\\u0026b=\\\"\"}"))
        .contains("https://x/?a=1&b=\"");
  }

  @Test
  void finds_nothing_where_there_is_no_such_text() {
    for (String json :
        new String[] {
          "",
          " ",
          "{",
          "{}",
          "[]",
          "\"next\"",
          "{\"next\"}",
          "{\"next\":}",
          "{\"next\":null}",
          "{\"next\":\"\"}",
          "{\"next\":12}",
          "{\"next\":{\"next\":\"a\"}}",
          "[{\"next\":\"a\"}]",
          "{\"a\":1 \"next\":\"a\"}",
          "{\"a\":\"cut",
          "{\"a\":[{\"next\":\"a\"",
          "{\"next\":\"cut",
          "{\"next\":\"cut\\",
          "{\"next\":\"\\x\"}",
          "<html>\"next\":\"a\"</html>"
        }) {
      assertThat(find(json)).as(json).isEmpty();
    }
  }

  @Test
  void never_looks_behind_the_end_of_the_body() {
    byte[] array = "{\"a\":\"b\"},\"next\":\"old\"}".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < array.length; length++) {
      byte[] rest = array.clone();
      Arrays.fill(rest, length, rest.length, (byte) '"');
      assertThat(TopLevelText.find(rest, length, "next")).as("" + length).isEmpty();
    }
  }

  private static Optional<String> find(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return TopLevelText.find(Arrays.copyOf(bytes, bytes.length + 1), bytes.length, "next");
  }
}

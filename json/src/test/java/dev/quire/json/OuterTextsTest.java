package dev.quire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OuterTextsTest {
  @Test
  void finds_texts_before_the_rows_and_behind_them() {
    assertThat(texts("{\"next\":\"a?b=1&c\",\"rows\":[{\"no\":\"x\"}]}"))
        .isEqualTo(Map.of("next", "a?b=1&c"));
    assertThat(texts("{\"rows\":[{\"no\":\"x\"}],\"next\":\"a\"}")).isEqualTo(Map.of("next", "a"));
    assertThat(
            texts(
                " {\n \"context\" : \"c\", \"rows\" : [1, -2.5e3, true, null] ,\r\n\t\"count\": 7 ,"
                    + " \"more\":true, \"next\" : \"ä€\" }\n"))
        .isEqualTo(Map.of("context", "c", "next", "ä€"));
  }

  @Test
  void finds_texts_where_there_are_no_rows() {
    assertThat(texts("{\"a\":\"1\",\"b\":2,\"c\":\"3\"}")).isEqualTo(Map.of("a", "1", "c", "3"));
  }

  @Test
  void passes_over_texts_in_the_rows_that_look_like_it() {
    assertThat(
            texts(
                "{\"rows\":[{\"a\":\"x\\\\\"},{\"a\":\"],\\\"next\\\":\\\"no\\\"}\"}],"
                    + "\"b\":\"]},\\\"next\\\":\\\"no\\\"\\\\\",\"next\":\"yes\"}"))
        .isEqualTo(Map.of("b", "]},\"next\":\"no\"\\", "next", "yes"));
    assertThat(texts("{\"rows\":[\"],\\\"next\\\":\\\"no\\\"}\"]}")).isEmpty();
  }

  @Test
  void undoes_what_is_escaped() {
    assertThat(texts("{\"rows\":[],\"next\":\"https:\\/\\/x\\/?a=1\\u0026b=\\\"\"}"))
        .isEqualTo(Map.of("next", "https://x/?a=1&b=\""));
  }

  @Test
  void the_last_of_two_with_the_same_name_counts() {
    assertThat(texts("{\"next\":\"a\",\"rows\":[],\"next\":\"b\"}")).isEqualTo(Map.of("next", "b"));
  }

  @Test
  void finds_nothing_in_nested_values_and_in_what_is_no_object() {
    for (String json :
        new String[] {
          "",
          " ",
          "{",
          "{}",
          "}",
          "[]",
          "\"next\"",
          "{\"next\"}",
          "{\"next\":}",
          "{\"rows\":[],\"next\":null}",
          "{\"rows\":[],\"next\":12}",
          "{\"rows\":[],\"x\":{\"next\":\"a\"}}",
          "{\"x\":{\"rows\":[],\"next\":\"a\"}}",
          "{\"rows\":[1,{\"next\":\"a\"},\"next\"]}",
          "[{\"rows\":[],\"next\":\"a\"}]",
          "{\"rows\":[{\"next\":\"a\"",
          "{\"rows\":[],\"next\":\"cut",
          "{\"rows\":[],\"next\":\"cut\\",
          "{\"rows\":[],\"next\":\"\\x\"}",
          "<html>\"next\":\"a\"</html>"
        }) {
      assertThat(texts(json)).as(json).isEmpty();
    }
  }

  @Test
  void never_looks_behind_the_end_of_the_page() {
    byte[] array = "{\"a\":[],\"b\":[\"]\"]},\"next\":\"old\"}".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < array.length; length++) {
      byte[] rest = array.clone();
      Arrays.fill(rest, length, rest.length, (byte) '"');
      rest[length] = 0;
      assertThat(OuterTexts.of(rest, length)).as("" + length).isEmpty();
    }
  }

  @Test
  void a_tail_that_is_too_long_is_not_looked_at() {
    String tail = ",\"next\":\"" + "a".repeat(70_000) + "\"}";
    assertThat(texts("{\"rows\":[]" + tail)).isEmpty();
    assertThat(texts("{\"rows\":[" + "1,".repeat(100_000) + "1],\"next\":\"a\"}"))
        .isEqualTo(Map.of("next", "a"));
  }

  private static Map<String, String> texts(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return OuterTexts.of(Arrays.copyOf(bytes, bytes.length + 1), bytes.length);
  }
}

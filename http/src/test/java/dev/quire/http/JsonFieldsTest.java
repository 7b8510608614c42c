package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  @Test
  void reads_scalars_and_leaves_out_what_is_nested() throws IOException {
    assertThat(
            JsonFields.parse(
                " { \"a\" : \"x\\\"\\\\\\/\\u00e9\\n}\", \"n\":-1.5e3,\"t\":true,\"z\":null,"
                    + "\"o\":{\"a\":[1,{},[]]},\"l\":[{\"b\":\"]\"}] , \"e\":{} } "))
        .isEqualTo(Map.of("a", "x\"\\/é\n}", "n", "-1.5e3", "t", "true"));
    assertThat(JsonFields.parse("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":tru}",
        "{\"a\":\"x}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":1} x",
        "{'a':1}",
        "<html>"
      })
  void refuses_what_is_not_one_object(String text) {
    assertThatThrownBy(() -> JsonFields.parse(text)).isInstanceOf(IOException.class);
  }

  @Test
  void refuses_to_nest_without_end() {
    assertThatThrownBy(() -> JsonFields.parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(IOException.class);
  }
}

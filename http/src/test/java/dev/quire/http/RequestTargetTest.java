package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/s/C?$filter=contains(name,'s')&$skiptoken=%3Ccookie%20pagenumber=%222%22%3E",
        "/s/C?a=%2B%23%2525&b=+/=&c=;:@!$&*()[]~",
        "/a/../b/%2e%2e//c?"
      })
  void c12_legal_bytes_leave_as_they_are(String target) {
    assertThat(RequestTarget.of("http://h:1" + target)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      quoteCharacter = '~',
      value = {
        "/a b\t/a%20b",
        "/a?x=\"y\"\t/a?x=%22y%22",
        "/a|b{c}^d`e<f>\\g\t/a%7Cb%7Bc%7D%5Ed%60e%3Cf%3E%5Cg",
        "/a?x=%\t/a?x=%25",
        "/a?x=%2\t/a?x=%252",
        "/a?x=%zz&y=%2B\t/a?x=%25zz&y=%2B",
        "/日本\t/%E6%97%A5%E6%9C%AC",
        "/\uD83D\uDE00\t/%F0%9F%98%80"
      })
  void c11_only_what_a_request_line_cannot_hold_is_escaped(String raw, String sent) {
    assertThat(RequestTarget.of("http://h" + raw)).isEqualTo(sent);
  }

  @Test
  void line_breaks_cannot_split_a_request() {
    assertThat(RequestTarget.of("http://h/a\r\nX: y")).isEqualTo("/a%0D%0AX:%20y");
  }

  @Test
  void an_empty_path_is_the_root_and_a_fragment_stays_here() {
    assertThat(RequestTarget.of("http://h")).isEqualTo("/");
    assertThat(RequestTarget.of("http://h?a=b#c")).isEqualTo("/?a=b");
    assertThat(RequestTarget.of("http://h#c/d")).isEqualTo("/");
  }
}
